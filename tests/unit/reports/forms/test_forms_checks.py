"""Cross-checks X01 to X35: what passes, and what each of them catches."""

from dataclasses import replace
from datetime import date

import pytest

from parkloop.model import Evidence, Exchange, FormField, LandUse, LegalForm, Range
from parkloop.reports.forms.checks import check_forms
from parkloop.reports.forms.filing import filing
from parkloop.texts import catalogue


def test_checks_when_run_then_are_all_thirty_five_in_order(filed):
    assert [c.id for c in filed.forms[0].checks] == [f"X{n:02d}" for n in range(1, 36)]
    assert all(c.detail for c in filed.forms[0].checks)
    assert not any(form.checks for form in filed.forms[1:])


def test_checks_of_the_made_up_park_when_run_then_fail_only_where_something_is_wrong(filed):
    failed = {c.id for c in filed.forms[0].checks if c.passed is False}
    # a Yes without evidence, shares below the threshold, output above capacity
    assert failed == {"X21", "X23", "X30"}
    assert {c.id for c in filed.forms[0].checks if c.passed is None} == {"X05", "X32", "X33"}


def test_severities_when_read_then_are_those_of_the_list(filed):
    severity = {c.id: c.severity for c in filed.forms[0].checks}
    assert {i for i, s in severity.items() if s == "notice"} == {"X03", "X10", "X22", "X23"}
    assert {i for i, s in severity.items() if s == "warning"} == {
        "X05", "X08", "X19", "X20", "X21", "X29", "X30", "X32", "X33", "X34",
    }  # fmt: skip


def test_details_when_vietnamese_then_are_not_the_english_ones(filed, filed_vi):
    same = [
        a.id
        for a, b in zip(filed.forms[0].checks, filed_vi.forms[0].checks, strict=True)
        if a.detail == b.detail and len(a.detail.split()) > 3
    ]
    # sums that need no words
    assert set(same) <= {"X09", "X17", "X18", "X30"}


def test_titles_of_checks_when_looked_up_then_exist_in_both_languages():
    for lang in ("en", "vi"):
        assert all(f"forms.check.X{n:02d}" in catalogue(lang) for n in range(1, 36))


def tampered(filed, code, subject, field_id, **change):
    """The checks after one printed field was changed by hand."""

    def edit(field: FormField) -> FormField:
        return replace(field, **change) if field.id == field_id else field

    def redo(form: LegalForm) -> LegalForm:
        if (form.code, form.subject_id) != (code, subject):
            return form
        return replace(form, fields=tuple(edit(f) for f in form.fields))

    what = filing(filed.result, 2026, "en", "running")
    return {c.id: c for c in check_forms(tuple(redo(f) for f in filed.forms), what, ())}


@pytest.mark.parametrize(
    ("check", "code", "subject", "field_id", "value"),
    [
        ("X01", "A.4", "K", "I.2.5.2", 190.0),
        ("X02", "A.4", "K", "I.2.5.5", 11.0),
        ("X04", "A.4", "K", "III.1.1.5", 9),
        ("X06", "A.4", "K", "III.1.2.5", 500.0),
        ("X06", "B.4", "E-1", "P3.3", 1.0),
        ("X07", "B.4", "E-2", "P3.7", 2.0),
        ("X08", "B.4", "E-1", "P3.10", 10.0),
        ("X09", "A.4", "K", "III.3.25", 1030.0),
        ("X11", "B.4", "E-2", "P4.19", 1000.0),
        ("X12", "B.4", "E-1", "P3.2", 200_000.0),
        ("X12", "A.4", "K", "III.1.3.13", 990.0),
        ("X13", "A.4", "K", "III.3.13", 1800.0),
        ("X13", "B.4", "E-3", "P4.27", 684.0),
        ("X14", "A.4", "K", "III.2.1.1", 5),
        ("X15", "A.4", "K", "III.3.19", 0.0),
        ("X17", "A.5", "K", "ENV.1", 4),
        ("X18", "B.5", "K", "ENV.2", 80.0),
        ("X20", "A.4", "K", "III.2.1.10", "None"),
        ("X20", "A.4", "K", "III.2.1.8", 1),
        ("X28", "A.4", "K", "III.1.2.4", 120.0),
        ("X29", "A.4", "K", "III.1.2.6", 263_200_000.0),
        ("X29", "B.4", "E-1", "P3.4", 0.001),
        ("X34", "A.4", "K", "II.1", "no breach on record"),
    ],
)  # fmt: skip
def test_check_when_a_number_is_typed_wrong_then_fails(filed, check, code, subject, field_id, value):
    assert filed.checks[check].passed in (True, None)
    assert tampered(filed, code, subject, field_id, value=value)[check].passed is False


def test_sum_of_enterprises_when_smaller_than_the_park_then_is_no_longer_equal(filed):
    # only "at least" would let this pass: the park has more than its parts
    found = tampered(filed, "B.4", "E-1", "P3.2", value=100_000.0)["X12"]
    assert found.passed is False
    assert "III.1.2.3 131,600.00, P3.2 115,000.00" in found.detail


def test_sum_of_enterprises_when_a_utility_files_none_then_it_is_named(filed):
    assert "Trạm xử lý" in filed.checks["X12"].detail


def test_mass_when_the_receiver_takes_less_than_is_given_then_fails(small_park, file_again, kit):
    change = kit["change"]
    # 1,000 t leave, clinker for only 500 t is displaced
    lines = (change("E-2", "fly_ash", -1_000, 0.35e6, "landfilled"), change("E-3", "clinker", -475, 0.8e6))
    case = kit["case"]("X-1", lines)
    shares = tuple(kit["share"](case) if s.solution_id == "X-1" else s for s in small_park.portfolio.shares)
    park = file_again(
        replace(
            small_park,
            cases={**small_park.cases, "X-1": case},
            portfolio=replace(small_park.portfolio, shares=shares),
        )
    )
    assert park.value("III.3.21") - 100 == 1000.0
    assert park.value("III.3.19") == 500.0
    assert park.checks["X15"].passed is False
    assert "X-1: 1,000.00 / 500.00" in park.checks["X15"].detail


def test_mass_when_the_receiver_takes_more_power_of_the_same_kind_then_flows_do_not_tell(
    small_park, file_again, kit
):
    solution = next(s for s in small_park.solutions if s.id == "X-1")
    more = replace(solution.deltas[1], value=Range.exact(40.0))
    changed = replace(solution, deltas=(*solution.deltas, more))
    park = file_again(
        replace(small_park, solutions=tuple(changed if s.id == "X-1" else s for s in small_park.solutions))
    )
    assert "do not tell: X-1" in park.checks["X15"].detail
    assert "X-1" in park.field("III.3.19").note


def test_solution_without_share_when_running_then_is_named_and_fails(small_park, file_again):
    plan = small_park.portfolio
    shares = tuple(s for s in plan.shares if s.solution_id != "M-4")
    park = file_again(replace(small_park, portfolio=replace(plan, shares=shares)))
    assert park.checks["X16"].passed is False
    assert "M-4" in park.checks["X16"].detail
    assert "M-4" in park.field("III.1.3.1").note


def test_negative_when_without_a_word_then_fails(filed):
    assert filed.checks["X25"].passed is True
    assert "P3.2: -5,000.00" in filed.checks["X25"].detail
    assert tampered(filed, "B.4", "E-2", "P3.2", note="")["X25"].passed is False


@pytest.mark.parametrize(
    ("code", "subject", "field_id", "value", "fits"),
    [
        ("A.4", "K", "III.1.3.1", 1.23456, True),
        ("A.4", "K", "III.1.3.1", 1.234567, False),
        ("B.4", "E-1", "P3.3", 1.234, False),
        ("B.4", "E-1", "P3.2", 1e15, False),
        ("A.4", "K", "III.1.2.1", "x" * 256, False),
        ("A.4", "K", "III.1.2.7", "x" * 3000, True),
        ("A.4", "K", "III.1.2.7", "x" * 3001, False),
    ],
)
def test_portal_limits_when_a_value_is_long_then_are_kept(filed, code, subject, field_id, value, fits):
    assert tampered(filed, code, subject, field_id, value=value)["X26"].passed is fits


def test_attachments_when_too_many_or_of_a_wrong_kind_then_fail(filed):
    many = tuple(f"{n}.pdf" for n in range(11))
    assert tampered(filed, "A.4", "K", "III.2.1.11", value=many)["X27"].passed is False
    assert tampered(filed, "A.4", "K", "III.2.1.11", value=("a.zip",))["X27"].passed is False


def _with_evidence(result, file_again, **at):
    known = tuple(replace(e, at=at[e.id]) if e.id in at else e for e in result.ledger.evidence)
    return file_again(replace(result, ledger=replace(result.ledger, evidence=known))).checks["X21"].detail


def test_evidence_when_too_old_or_undated_then_is_named(small_park, file_again):
    assert "PM.2" not in _with_evidence(small_park, file_again)
    # 31 December 2025 less seven years is 31 December 2018
    assert "PM.2: plan of 30/12/2018" in _with_evidence(small_park, file_again, **{"KH-1": "2018-12-30"})
    assert "PM.2: evidence without a date" in _with_evidence(small_park, file_again, **{"KH-1": ""})
    assert "ENV.6: report of 2023" in _with_evidence(small_park, file_again, **{"BC-1": "2023-05-01"})


@pytest.mark.parametrize(
    ("field_id", "text", "fault"),
    [
        ("SOC.7", "", "no budget stated"),
        ("SOC.7", "0 đồng", "no budget stated"),
        ("ECO.6", "thu 900 triệu", "not stated"),
        ("ECO.6", "thu 900 triệu, chi 1.100 triệu", "income below"),
    ],
)
def test_yes_when_its_rule_is_not_met_then_is_named(small_park, file_again, field_id, text, fault):
    answers = tuple(
        replace(a, text=text) if a.criterion_id == f"vn-{field_id}" else a for a in small_park.ledger.answers
    )
    park = file_again(replace(small_park, ledger=replace(small_park.ledger, answers=answers)))
    assert f"{field_id}: {fault}" in park.checks["X21"].detail.replace("income and running cost not", "not")


def test_new_park_when_pm4_is_unanswered_then_fails(small_park, file_again):
    ledger = replace(
        small_park.ledger, answers=tuple(a for a in small_park.ledger.answers if a.id != "A-PM.4")
    )
    new = replace(small_park, ledger=ledger, park=replace(small_park.park, phase="new"))
    assert file_again(new).checks["X22"].passed is False
    assert file_again(replace(small_park, ledger=ledger)).checks["X22"].passed is None


def test_plant_when_much_more_arrives_than_is_sent_then_warns(small_park, file_again):
    flows = tuple(
        replace(f, amount=replace(f.amount, value=150_000.0)) if f.id == "F-4" else f
        for f in small_park.ledger.flows
    )
    park = file_again(replace(small_park, ledger=replace(small_park.ledger, flows=flows)))
    assert park.checks["X19"].passed is False


def test_land_when_classes_exceed_nothing_then_missing_classes_leave_it_open(small_park, file_again):
    bare = replace(small_park, park=replace(small_park.park, land_use=(LandUse("green", 30.0),)))
    park = file_again(bare)
    assert park.checks["X01"].passed is True
    assert park.checks["X03"].passed is None
    none = file_again(replace(small_park, park=replace(small_park.park, land_use=())))
    assert none.checks["X01"].passed is False


def test_park_without_symbiosis_when_filled_then_zeros_are_checked(small_park, file_again):
    quiet = replace(small_park, solutions=tuple(s for s in small_park.solutions if s.kind == "measure"))
    park = file_again(quiet)
    assert park.checks["X32"].passed is True
    assert park.checks["X20"].passed is True
    assert park.checks["X15"].passed is None
    assert tampered(park, "B.4", "E-1", "P4.15", value=5.0)["X32"].passed is False


def test_saving_when_above_the_use_then_fails(small_park, file_again):
    graph = small_park.graphs["E-1"]
    small = replace(graph, nodes=(replace(graph.nodes[0], amount=50_000.0),))
    park = file_again(replace(small_park, graphs={**small_park.graphs, "E-1": small}))
    assert "E-1 electricity" in park.checks["X28"].detail


def test_agreement_when_the_word_is_none_then_there_is_none(small_park, file_again):
    solution = next(s for s in small_park.solutions if s.id == "X-1")
    assert isinstance(solution.exchange, Exchange)
    bare = replace(solution, evidence=(), exchange=replace(solution.exchange, agreement_form="none"))
    park = file_again(
        replace(small_park, solutions=tuple(bare if s.id == "X-1" else s for s in small_park.solutions))
    )
    assert park.checks["X20"].passed is False
    assert "no form of agreement" in park.checks["X20"].detail
    assert "no document" in park.checks["X20"].detail


def test_evidence_dates_when_written_in_a_name_then_are_found():
    from parkloop.reports.forms.answers import dated

    assert dated(Evidence("a", "ke hoach 05/03/2021.pdf")) == date(2021, 3, 5)
    assert dated(Evidence("a", "x.pdf", note="ban hành 2020-02-30")) is None
