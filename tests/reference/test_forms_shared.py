"""The field table against the compiled field lists of the portal's specification (vn_forms.yaml)."""

from pathlib import Path

import pytest
import yaml

from parkloop import reference
from parkloop.reports.forms.checks.run import CHECKS
from parkloop.reports.forms.park_results import EXCHANGE_TOTAL, MEASURE_TOTAL

SOURCE = Path(__file__).parents[3] / "shared" / "reference" / "vn_forms.yaml"

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not SOURCE.is_file(), reason="the compiled field lists are not beside the repository"),
]


@pytest.fixture(scope="module")
def lists():
    """The compiled field lists."""
    return yaml.safe_load(SOURCE.read_text("utf-8"))


@pytest.fixture(scope="module")
def fields(lists):
    """Form and field id to the field as compiled, in printed order."""
    return {(form["code"], field["id"]): field for form in lists["forms"] for field in form["fields"]}


def test_counts_of_fields_are_those_of_the_lists(lists):
    counts = {form: len(reference.form_rows(form)) for form in ("A.4", "A.5", "B.4", "B.5")}
    assert counts == {"A.4": 114, "A.5": 18, "B.4": 107, "B.5": 5}
    assert counts == lists["meta"]["field_counts"]


def test_all_244_fields_have_the_compiled_id_section_label_type_and_unit(fields):
    own = {
        (row.form, row.id): row for form in ("A.4", "A.5", "B.4", "B.5") for row in reference.form_rows(form)
    }
    assert list(own) == list(fields)
    assert len(own) == 244
    for key, field in fields.items():
        row = own[key]
        assert (row.section, row.label_vi, row.label_en) == (
            field["section"], field["label_vi"], field["label_en"],
        ), key  # fmt: skip
        assert (row.type, row.unit) == (field["type"], field["unit"] or ""), key


def test_required_fields_are_those_of_the_lists_with_their_conditions(fields):
    for (form, field_id), field in fields.items():
        row = next(r for r in reference.form_rows(form) if r.id == field_id)
        own = f"if {row.required_if}" if row.required_if else row.required
        assert own == field["required"], (form, field_id)


def test_personal_fields_are_those_the_ledger_must_not_keep(fields):
    for (form, field_id), field in fields.items():
        row = next(r for r in reference.form_rows(form) if r.id == field_id)
        assert row.personal == ("personal data" in field["source_in_ledger"]), (form, field_id)


def test_thresholds_and_misprinted_codes_are_those_of_the_lists(fields):
    for (form, field_id), field in fields.items():
        row = next(r for r in reference.form_rows(form) if r.id == field_id)
        assert row.threshold == field.get("legal_threshold_hint"), (form, field_id)
        assert row.printed_code == field.get("printed_code", field_id), (form, field_id)


def test_titles_and_report_codes_are_those_of_the_lists(lists):
    for form in lists["forms"]:
        title = reference.form_titles()[form["code"]]
        assert (title.title_vi, title.title_en) == (form["title_vi"], form["title_en"])
        assert form["report_code"] == f"{title.report_code}_<id>"


def test_every_section_has_its_heading_in_both_languages(fields):
    for field in fields.values():
        names = [reference.form_section(field["section"], lang) for lang in ("en", "vi")]
        assert names[0] != names[1]


def test_portal_totals_add_the_lines_the_rules_name(fields):
    for total_id, parts, head in (
        ("III.1.3.16", MEASURE_TOTAL, "III."),
        ("III.3.25", EXCHANGE_TOTAL, "III."),
    ):
        rule = fields["A.4", total_id]["rule"]
        named = rule.split("locked: ")[1].split(". ")[0].rstrip(".")
        assert tuple(head + part.strip() for part in named.split("+")) == parts


def test_all_35_cross_checks_are_run_with_their_severity_and_forms(lists, request):
    from parkloop.reports.forms.checks.seen import SEVERITIES

    listed = {check["id"]: check for check in lists["cross_checks"]}
    assert list(listed) == [f"X{n:02d}" for n in range(1, 36)]
    assert len(CHECKS) == 35
    for id_, check in listed.items():
        own = next((name for name, ids in SEVERITIES.items() if id_ in ids), "error")
        assert own == check["severity"], id_
        number = int(id_[1:])
        assert (CHECKS[number - 1].__doc__ or "").startswith(f"{id_}: ")
