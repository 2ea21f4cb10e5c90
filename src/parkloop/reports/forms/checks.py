"""Cross-checks between the forms, numbered as in the published field lists (X01 to X35)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from parkloop.model import FormCheck, FormField, LegalForm, ParkResult
from parkloop.reports.forms.indicator_forms import THRESHOLDS
from parkloop.reports.forms.park_form import grid_factor
from parkloop.reports.forms.savings import implemented

__all__ = ["check_forms"]

GHG_TOLERANCE_T = 0.02
MONEY_TOLERANCE = 0.001
SHARE_TOLERANCE = 0.005
TEXT_LIMIT, AREA_LIMIT = 255, 3000


@dataclass(frozen=True, slots=True)
class Forms:
    """All forms of a park and year, by code and subject."""

    park: LegalForm
    indicators: LegalForm
    shares: LegalForm
    enterprises: tuple[LegalForm, ...]
    result: ParkResult
    year: int

    def number(self, form: LegalForm, field_id: str) -> float | None:
        """The numeric content of one field."""
        found = next((f for f in form.fields if f.id == field_id), None)
        value = found.value if found else None
        return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None

    def a4(self, field_id: str) -> float | None:
        """The numeric content of one field of A.4; `III.` may be left out."""
        return self.number(self.park, field_id)

    def total(self, field_id: str) -> float:
        """The sum of one field over all B.4 forms."""
        return sum(self.number(f, field_id) or 0.0 for f in self.enterprises)


def check_forms(
    park: LegalForm,
    indicators: LegalForm,
    shares: LegalForm,
    enterprises: tuple[LegalForm, ...],
    result: ParkResult,
) -> tuple[FormCheck, ...]:
    """Run every cross-check that needs no earlier year; those that do say so."""
    forms = Forms(park, indicators, shares, enterprises, result, park.year)
    return tuple(check(forms) for check in _CHECKS)


def _verdict(id_: str, severity: str, passed: bool | None, detail: str, forms: str) -> FormCheck:
    return FormCheck(id_, severity, passed, detail, tuple(forms.split()))


def _sum(id_: str, parts: tuple[str, ...], total: str, forms: Forms) -> FormCheck:
    numbers = [forms.a4(p) for p in parts]
    whole = forms.a4(total)
    if whole is None or any(n is None for n in numbers):
        return _verdict(id_, "error", None, f"{total}: a part is missing", "A.4")
    added = sum(n for n in numbers if n is not None)
    return _verdict(
        id_,
        "error",
        abs(added - whole) <= MONEY_TOLERANCE * (len(parts) + 1),
        f"{added:.3f} = {whole:.3f}",
        "A.4",
    )


def _land(forms: Forms) -> FormCheck:
    total = forms.a4("I.2.5.1")
    parts = [forms.a4(f"I.2.5.{n}") or 0.0 for n in (2, 4, 6, 8)]
    if not total:
        return _verdict("X01", "error", False, "I.2.5.1 is empty or zero", "A.4")
    return _verdict("X01", "error", sum(parts) <= total + 0.01, f"{sum(parts):.2f} <= {total:.2f} ha", "A.4")


def _land_shares(forms: Forms) -> FormCheck:
    total = forms.a4("I.2.5.1")
    worst = 0.0
    for n in (2, 4, 6, 8):
        area, share = forms.a4(f"I.2.5.{n}"), forms.a4(f"I.2.5.{n + 1}")
        if total and area is not None and share is not None:
            worst = max(worst, abs(100 * area / total - share))
    return _verdict(
        "X02", "error", None if not total else worst <= 0.01, f"largest difference {worst:.4f} points", "A.4"
    )


def _land_quarter(forms: Forms) -> FormCheck:
    shares = [forms.a4(f"I.2.5.{n}") or 0.0 for n in (3, 5, 7, 9)]
    return _verdict(
        "X03",
        "notice",
        sum(shares) >= 25,
        f"green, transport, technical, social: {sum(shares):.1f} % (25 % unchecked)",
        "A.4",
    )


def _uptake(forms: Forms) -> FormCheck:
    members = sum(1 for p in forms.result.ledger.participants if p.kind == "enterprise" and p.in_operation)
    counts = [forms.a4(f"III.1.1.{n}") or 0 for n in (1, 3, 5)]
    return _verdict("X04", "error", max(counts) <= members, f"{counts} <= {members}", "A.4")


def _electricity_ghg(forms: Forms) -> FormCheck:
    factor, _ = grid_factor(forms.result)
    pairs = [(forms.a4("III.1.2.3"), forms.a4("III.1.2.5")), (forms.a4("III.3.2"), forms.a4("III.3.4"))]
    for form in forms.enterprises:
        pairs += [
            (forms.number(form, a), forms.number(form, b)) for a, b in (("P3.2", "P3.3"), ("P4.6", "P4.7"))
        ]
    worst = max((abs((kwh or 0) * factor - (t or 0)) for kwh, t in pairs), default=0.0)
    return _verdict(
        "X06",
        "error",
        worst <= GHG_TOLERANCE_T,
        f"largest difference {worst:.3f} t at {factor:g} t/kWh",
        "A.4 B.4",
    )


def _fuel_ghg(forms: Forms) -> FormCheck:
    factors = {
        f.resource_id: f.value
        for f in forms.result.factor_set.factors
        if f.book == "project" and not f.biogenic
    }
    fuels = {line.resource_id for case in forms.result.cases.values() for line in case.emissions}
    missing = sorted(r for r in fuels if forms.result.resources[r].family == "fuel" and r not in factors)
    return _verdict("X07", "error", not missing, ", ".join(missing) or "every fuel has its factor", "B.4")


def _ghg_parts(forms: Forms) -> FormCheck:
    pairs = [(forms.a4("III.1.3.1"), forms.a4("III.1.2.5")), (forms.a4("III.3.8"), forms.a4("III.3.4"))]
    low = [
        f"{whole} < {part}"
        for whole, part in pairs
        if whole is not None and part is not None and whole < part - GHG_TOLERANCE_T
    ]
    return _verdict(
        "X08", "warning", not low, "; ".join(low) or "totals hold their electricity part", "A.4 B.4"
    )


def _measure_total(forms: Forms) -> FormCheck:
    parts = ("III.1.2.6", "III.1.3.3", "III.1.3.5", "III.1.3.9", "III.1.3.11", "III.1.3.13", "III.1.3.15")
    return _sum("X09", parts, "III.1.3.16", forms)


def _exchange_total(forms: Forms) -> FormCheck:
    parts = ("III.3.5", "III.3.10", "III.3.12", "III.3.14", "III.3.16", "III.3.18", "III.3.20", "III.3.24")
    return _sum("X09", parts, "III.3.25", forms)


def _full_totals(forms: Forms) -> FormCheck:
    bare = [f.id for f in forms.park.fields if f.id in ("III.1.3.16", "III.3.25") and not f.note]
    return _verdict(
        "X10", "notice", not bare, ", ".join(bare) or "full totals stand beside the portal's", "A.4"
    )


def _no_symbiosis(forms: Forms) -> FormCheck:
    if forms.a4("III.2.1.1"):
        return _verdict("X32", "warning", None, "there are exchanges", "A.4 B.4")
    empty = [f.id for f in forms.park.fields if f.id.startswith("III.3") and f.required and f.value is None]
    return _verdict(
        "X32", "warning", not empty, ", ".join(empty) or "zeros stand where nothing runs", "A.4 B.4"
    )


def _waste_total(forms: Forms) -> FormCheck:
    bad = []
    for form in forms.enterprises:
        for whole, parts in (("P3.16a", ("P3.15", "P3.17")), ("P4.19", ("P4.20", "P4.22"))):
            added = sum(forms.number(form, p) or 0.0 for p in parts)
            if abs(added - (forms.number(form, whole) or 0.0)) > 0.01:
                bad.append(f"{form.subject_id} {whole}")
    return _verdict("X11", "error", not bad, ", ".join(bad) or f"{len(forms.enterprises)} forms", "B.4")


def _measures_add_up(forms: Forms) -> FormCheck:
    pairs = {
        "III.1.2.3": "P3.2",
        "III.1.3.2": "P3.11",
        "III.1.3.4": "P3.13",
        "III.1.3.12": "P3.19",
        "III.1.3.14": "P3.21",
    }
    return _adds("X12", pairs, forms)


def _exchanges_add_up(forms: Forms) -> FormCheck:
    pairs = {"III.3.2": "P4.6", "III.3.9": "P4.15", "III.3.11": "P4.17"}
    return _adds("X13", pairs, forms, smaller=True)


def _adds(id_: str, pairs: dict[str, str], forms: Forms, smaller: bool = False) -> FormCheck:
    bad = []
    for park_id, field_id in pairs.items():
        whole, parts = forms.a4(park_id) or 0.0, forms.total(field_id)
        slack = SHARE_TOLERANCE * max(abs(whole), abs(parts)) + 0.02 * len(forms.enterprises)
        fits = parts <= whole + slack if smaller else abs(parts - whole) <= slack
        if not fits:
            bad.append(f"{park_id} {whole:g}, sum of {field_id} {parts:g}")
    return _verdict(id_, "error", not bad, "; ".join(bad) or "sums of B.4 agree with A.4", "A.4 B.4")


def _count(forms: Forms) -> FormCheck:
    ids = {s.id for s in implemented(forms.result.solutions, "exchange", date(forms.year - 1, 12, 31))}
    whole = forms.a4("III.2.1.1")
    return _verdict(
        "X14", "error", whole == len(ids), f"{whole:g} forms, {len(ids)} distinct exchanges", "A.4 B.4"
    )


def _mass(forms: Forms) -> FormCheck:
    inside = {p.id for p in forms.result.ledger.participants}
    given = taken = 0.0
    for solution in implemented(forms.result.solutions, "exchange", date(forms.year - 1, 12, 31)):
        exchange = solution.exchange
        if exchange and {exchange.donor_id, exchange.receiver_id} <= inside:
            given += exchange.amount.best
            taken += exchange.amount.best
    return _verdict(
        "X15",
        "error",
        abs(given - taken) <= 0.01 * max(given, 1.0),
        f"given {given:g}, taken {taken:g}",
        "A.4 B.4",
    )


def _no_id_twice(forms: Forms) -> FormCheck:
    until = date(forms.year - 1, 12, 31)
    both = {s.id for s in implemented(forms.result.solutions, "measure", until)} & {
        s.id for s in implemented(forms.result.solutions, "exchange", until)
    }
    return _verdict("X16", "error", not both, ", ".join(sorted(both)) or "no id in both", "A.4 B.4")


def _symbiosis_count(forms: Forms) -> FormCheck:
    a, b = forms.number(forms.indicators, "ENV.1"), forms.a4("III.2.1.1")
    return _verdict("X17", "error", a == b, f"{a} = {b}", "A.4 A.5")


def _recp_share(forms: Forms) -> FormCheck:
    members = sum(1 for p in forms.result.ledger.participants if p.kind == "enterprise" and p.in_operation)
    done = {
        p
        for s in implemented(forms.result.solutions, "measure", date(forms.year - 1, 12, 31))
        for p in s.participant_ids
    }
    share = forms.number(forms.shares, "ENV.2")
    if not members or share is None:
        return _verdict("X18", "error", None, "no enterprise", "A.4 B.5")
    own = 100 * len(done) / members
    return _verdict("X18", "error", abs(own - share) <= 0.1, f"{own:.2f} = {share:.2f} %", "A.4 B.5")


def _wastewater(forms: Forms) -> FormCheck:
    share = forms.number(forms.indicators, "ENV.3")
    return _verdict("X19", "warning", None if share is None else 0 <= share <= 100, f"{share} %", "A.5")


def _network_papers(forms: Forms) -> FormCheck:
    count = forms.a4("III.2.1.1") or 0
    content = {f.id: f.value for f in forms.park.fields}
    ticked = [n for n in range(2, 7) if content.get(f"III.2.1.{n}") is True]
    missing = [i for i in ("III.2.1.10", "III.2.1.11", "III.2.1.13") if not content.get(i)]
    passed = (bool(ticked) and not missing) if count else not ticked
    return _verdict(
        "X20", "warning", passed, f"{count:g} running; missing: {', '.join(missing) or '-'}", "A.4"
    )


def _evidence(forms: Forms) -> FormCheck:
    bare = [f.id for f in forms.indicators.fields if f.value is True and f.note]
    return _verdict("X21", "warning", not bare, ", ".join(bare) or "every Yes has evidence", "A.5")


def _new_park(forms: Forms) -> FormCheck:
    new = forms.result.park.phase != "operating"
    detail = "new park: PM.4 applies" if new else "operating park: PM.4 as advised by the board"
    return _verdict("X22", "notice", True, detail, "A.5")


def _thresholds(forms: Forms) -> FormCheck:
    low = [
        k for k, limit in THRESHOLDS.items() if (v := forms.number(forms.shares, k)) is not None and v < limit
    ]
    return _verdict("X23", "notice", not low, ", ".join(low) or "no value below its threshold", "B.5")


def _denominators(forms: Forms) -> FormCheck:
    bare = [f.id for f in forms.shares.fields if f.value is not None and not f.note]
    return _verdict("X24", "error", not bare, ", ".join(bare) or "every share names its denominator", "B.5")


def _negative(forms: Forms) -> FormCheck:
    silent = [
        f"{form.code} {form.subject_id} {f.id}"
        for form in (forms.park, *forms.enterprises)
        for f in form.fields
        if isinstance(f.value, float) and f.value < 0 and not f.note
    ]
    return _verdict(
        "X25", "error", not silent, ", ".join(silent) or "no negative value without a word", "A.4 B.4"
    )


def _limits(forms: Forms) -> FormCheck:
    bad = []
    for form in (forms.park, forms.indicators, forms.shares, *forms.enterprises):
        bad += [f"{form.code} {form.subject_id} {f.id}" for f in form.fields if not _fits(f)]
    return _verdict(
        "X26", "error", not bad, ", ".join(bad) or "all within the portal's limits", "A.4 A.5 B.4 B.5"
    )


def _fits(field: FormField) -> bool:
    if isinstance(field.value, str):
        return len(field.value) <= (AREA_LIMIT if field.type == "textarea" else TEXT_LIMIT)
    if isinstance(field.value, float):
        return abs(field.value) < 1e15 and round(field.value, 5) == field.value
    return True


def _attachments(forms: Forms) -> FormCheck:
    value = next((f.value for f in forms.park.fields if f.id == "III.2.1.11"), None)
    count = len(value) if isinstance(value, tuple) else 0
    return _verdict("X27", "error", count <= 10, f"{count} of at most 10 files", "A.4")


def _percentages(forms: Forms) -> FormCheck:
    bad = [
        f"{form.code} {f.id} {f.value}"
        for form in (forms.park, forms.indicators, forms.shares)
        for f in form.fields
        if f.type == "percent" and isinstance(f.value, (int, float)) and not 0 <= f.value <= 100
    ]
    return _verdict("X28", "error", not bad, ", ".join(bad) or "all within 0 to 100", "A.4 A.5 B.5")


def _units(forms: Forms) -> FormCheck:
    bad = [
        f"{form.code} {form.subject_id} {f.id}"
        for form in (forms.park, *forms.enterprises)
        for f in form.fields
        if f.unit == "million VND"
        and isinstance(f.value, float)
        and f.value > 1e6
        and not f.id.startswith("P2.6")
    ]
    return _verdict(
        "X29", "warning", not bad, ", ".join(bad) or "no money line above 1,000,000 million VND", "A.4 B.4"
    )


def _capacity(forms: Forms) -> FormCheck:
    over = [
        p.id
        for p in forms.result.ledger.products
        if p.capacity is not None and p.output is not None and p.output > p.capacity
    ]
    return _verdict("X30", "warning", not over, ", ".join(over) or "output within capacity", "B.4")


def _cut_off(forms: Forms) -> FormCheck:
    dated = all(any(f.id == "P4.1" and f.note for f in form.fields) for form in forms.enterprises)
    return _verdict("X31", "error", dated, "P4.1 states its cut-off date", "A.4 B.4")


def _earlier_year(id_: str, severity: str) -> Callable[[Forms], FormCheck]:
    def check(forms: Forms) -> FormCheck:
        return _verdict(id_, severity, None, f"no form of {forms.year - 1} to compare with", "A.4 B.4")

    return check


def _open_findings(forms: Forms) -> FormCheck:
    open_ = [i.id for i in forms.result.ledger.inspections if i.breach and i.closed_on is None]
    text = next((str(f.value or "") for f in forms.park.fields if f.id == "II.1"), "")
    return _verdict("X34", "warning", not open_ or bool(text), ", ".join(open_) or "no open finding", "A.4")


def _one_record(forms: Forms) -> FormCheck:
    keys = [
        (f.code, f.subject_id, f.year)
        for f in (forms.park, forms.indicators, forms.shares, *forms.enterprises)
    ]
    return _verdict(
        "X35",
        "error",
        len(keys) == len(set(keys)),
        f"{len(keys)} forms, {len(set(keys))} keys",
        "A.4 A.5 B.4 B.5",
    )


_CHECKS: tuple[Callable[[Forms], FormCheck], ...] = (
    _land,
    _land_shares,
    _land_quarter,
    _uptake,
    _earlier_year("X05", "warning"),
    _electricity_ghg,
    _fuel_ghg,
    _ghg_parts,
    _measure_total,
    _exchange_total,
    _full_totals,
    _waste_total,
    _measures_add_up,
    _exchanges_add_up,
    _count,
    _mass,
    _no_id_twice,
    _symbiosis_count,
    _recp_share,
    _wastewater,
    _network_papers,
    _evidence,
    _new_park,
    _thresholds,
    _denominators,
    _negative,
    _limits,
    _attachments,
    _percentages,
    _units,
    _capacity,
    _cut_off,
    _no_symbiosis,
    _earlier_year("X33", "warning"),
    _open_findings,
    _one_record,
)
