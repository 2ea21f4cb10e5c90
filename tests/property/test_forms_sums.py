"""Whatever a park does: enterprises make up the park, nothing counts twice, no field is silently empty."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from parkloop import reference
from parkloop.model import (
    Book,
    Case,
    EmissionLine,
    Factor,
    FactorSet,
    Ledger,
    MoneyLine,
    Park,
    ParkResult,
    Participant,
    PhysicalLine,
    Portfolio,
    PriceBook,
    Programme,
    Range,
    Share,
    Solution,
    Stage,
    TotalKind,
)
from parkloop.reports.forms import fill_forms
from parkloop.reports.forms.answers import numbers_in
from parkloop.reports.forms.life import in_year_fraction
from parkloop.reports.forms.wording import amount, clip

ZERO = Range.exact(0.0)
FIRMS = ("E-1", "E-2", "E-3")
PRICE = {"electricity": 2000.0, "fresh_water": 9000.0, "diesel": 2.0e7, "caustic_soda": 1.1e7}
FACTOR = {"electricity": 0.00066, "diesel": 3.2}
PAIRS = {
    "electricity": ("III.1.2.3", "P3.2"),
    "fresh_water": ("III.1.3.2", "P3.11"),
    "caustic_soda": ("III.1.3.14", "P3.21"),
}


@st.composite
def effects(draw):
    """One measure: firm, resource, stand-alone amount, share left beside the others, start."""
    return (
        draw(st.sampled_from(FIRMS)),
        draw(st.sampled_from(sorted(PRICE))),
        draw(st.floats(-1e4, 1e6)),
        draw(st.floats(0.0, 1.0)),
        draw(st.dates(date(2022, 1, 1), date(2026, 12, 31))),
    )


def park_of(given_effects):
    """The result of a park with these measures."""
    resources = reference.resources()
    solutions, cases, shares = [], {}, []
    for n, (who, resource_id, saved, left, start) in enumerate(given_effects):
        solution_id, unit = f"M-{n}", resources[resource_id].unit
        line = PhysicalLine(
            who, resource_id, unit, Range.exact(-saved), node_id=f"{who}/{resource_id}/supply"
        )
        money = MoneyLine(
            "avoided_purchase", who, Range.exact(saved * PRICE[resource_id]), "VND", resource_id=resource_id
        )
        emissions = ()
        if resource_id in FACTOR:
            tonnes = saved * FACTOR[resource_id]
            emissions = (
                EmissionLine(
                    "use", Book.PROJECT, 1, Range.exact(tonnes), saved, unit, resource_id, who, resource_id
                ),
            )
        solutions.append(
            Solution(
                solution_id,
                "t",
                "measure",
                solution_id,
                solution_id,
                (who,),
                (),
                stage=Stage.IMPLEMENTED,
                start=start,
            )
        )
        cases[solution_id] = Case(
            solution_id, "VND", 2025, (line,), (money,), emissions, ZERO, ZERO, ZERO, ZERO, ZERO, None, None,
            None, None, None, 10.0, 0.1,
        )  # fmt: skip
        shares.append(Share(solution_id, (replace(line, amount=line.amount.scaled(left)),), 0.0, 0.0))
    plan = Portfolio(
        "K", 2025, "VND", TotalKind.RUN_RATE, (), {}, {}, ZERO, ZERO, ZERO, ZERO, ZERO, 0.0, {}, 0.0, 0.0,
        tuple(shares), (), (), ZERO,
    )  # fmt: skip
    factors = tuple(
        Factor(resource_id, resource_id, Book.PROJECT, 1, value, "t/unit", 2024)
        for resource_id, value in FACTOR.items()
    )
    park = Park("K", "P", "K", "K")
    people = tuple(Participant(who, "K", who, employees=200) for who in FIRMS)
    return ParkResult(
        park, 2025, Ledger(Programme("P", "P", "P"), (park,), people), resources, {}, (), (), (),
        tuple(solutions), cases, plan, (), PriceBook("VND", 2025, (), (), 0.1),
        FactorSet("F", 2025, "VN", factors), (),
    )  # fmt: skip


def values(form):
    """Field id to content."""
    return {field.id: field.value for field in form.fields}


@settings(max_examples=40, deadline=None)
@given(st.lists(effects(), max_size=8))
def test_park_when_added_up_then_is_the_sum_of_its_enterprises_and_of_shares_in_the_year(found):
    forms = fill_forms(park_of(found), 2026, "en")
    whole = values(forms[0])
    parts = [values(form) for form in forms if form.code == "B.4"]
    for resource_id, (park_id, field_id) in PAIRS.items():
        expected = 0.0
        for _, resource, saved, left, start in found:
            if resource == resource_id and start <= date(2025, 12, 31):
                days = (date(2025, 12, 31) - max(start, date(2025, 1, 1))).days + 1
                expected += saved * left * days / 365
        assert abs(whole[park_id] - expected) <= 0.006
        assert abs(whole[park_id] - sum(part[field_id] for part in parts)) <= 0.005 * 4
    checks = {check.id: check for check in forms[0].checks}
    for id_ in ("X06", "X07", "X09", "X11", "X12", "X13", "X14", "X16", "X25", "X26", "X32"):
        assert checks[id_].passed is not False, (id_, checks[id_].detail)


@settings(max_examples=40, deadline=None)
@given(st.lists(effects(), min_size=1, max_size=6))
def test_no_measure_when_left_with_a_share_then_gives_more_than_alone(found):
    forms = fill_forms(park_of(found), 2026, "en")
    for derivation in forms[0].trace:
        for line in derivation.inputs:
            if line.figure_id.startswith("case/") and line.figure_id.endswith("/electricity"):
                saved = found[int(line.figure_id.split("/")[1][2:])][2]
                assert abs(line.value) <= abs(saved) + 1e-6


@settings(max_examples=25, deadline=None)
@given(st.lists(effects(), max_size=4), st.sampled_from(["en", "vi"]))
def test_no_field_when_empty_then_lacks_its_reason(found, lang):
    for form in fill_forms(park_of(found), 2026, lang):
        for field in form.fields:
            assert field.value not in (None, "", ()) or field.reason, field.id
            if isinstance(field.value, float) and field.value < 0:
                assert field.note, field.id


@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.integers(2001, 2039))
def test_fraction_of_a_year_when_any_start_then_lies_between_0_and_1_and_falls_with_a_later_start(
    start, year
):
    ran = Solution("S", "t", "measure", "", "", (), (), stage=Stage.IMPLEMENTED, start=start)
    share = in_year_fraction(ran, year)
    assert 0.0 <= share <= 1.0
    assert (share == 1.0) == (start <= date(year, 1, 1))
    assert (share == 0.0) == (start > date(year, 12, 31))
    later = replace(ran, start=date.fromordinal(start.toordinal() + 1))
    assert in_year_fraction(later, year) <= share


@given(st.text(max_size=400), st.integers(20, 300))
def test_text_when_cut_then_fits_and_begins_alike(whole, limit):
    shown = clip(whole, limit)
    assert len(shown) <= limit
    assert shown == whole or whole.startswith(shown.removesuffix(" …"))


@given(st.floats(0, 1e12), st.integers(0, 2))
def test_number_when_written_for_the_portal_then_reads_back(value, digits):
    written = amount(value, digits)
    assert float(written.replace(",", "")) == round(value, digits)


@given(st.integers(0, 10**12))
def test_whole_number_when_grouped_by_points_or_commas_then_reads_back(value):
    assert numbers_in(f"thu {value:,} đồng") == (float(value),)
    assert numbers_in(f"thu {value:,} đồng".replace(",", ".")) == (float(value),)
