"""What the numbers of a form were made of: one short line a solution, record or other field."""

from collections.abc import Iterable, Sequence

from parkloop.model import Derivation, FormField, Origin
from parkloop.reports.forms.filing import Filing
from parkloop.reports.forms.tally import Part
from parkloop.reports.reasons import figure_title
from parkloop.texts import catalogue

__all__ = ["derive", "from_figures", "from_parts"]

SHOWN_INPUTS = 6
METHOD = "reports.fill_forms"


def derive(figure_id: str, item: FormField, inputs: tuple[Derivation, ...]) -> Derivation | None:
    """The derivation of one numeric field; None when it has no number or nothing behind it."""
    if not inputs or isinstance(item.value, (bool, str, tuple)) or item.value is None:
        return None
    return Derivation(
        figure_id=figure_id,
        label=item.label_vi,
        value=item.value,
        unit=item.unit,
        method=METHOD,
        inputs=inputs,
        note=item.note,
    )


def from_parts(parts: Iterable[Part], filing: Filing, unit: str, per: float) -> tuple[Derivation, ...]:
    """One line a figure: what it gives, as stand-alone change x share in the plan x part of the year."""
    grouped: dict[str, list[Part]] = {}
    for part in parts:
        grouped.setdefault(part.figure_id, []).append(part)
    found = []
    for figure_id, members in grouped.items():
        solution = filing.solutions[members[0].solution_id]
        reason = filing.result.reasons.get(figure_id)
        found.append(
            Derivation(
                figure_id=figure_id,
                label=solution.title(filing.lang),
                value=sum(part.value for part in members) / per,
                unit=unit,
                formula=_formula(members, per),
                method=(reason.method if reason else "")
                or ", ".join(solution.method_ids)
                or solution.type_id,
                source=_source(reason, filing),
                note=_made_of(reason, filing),
            )
        )
    return tuple(found)


def _formula(parts: Sequence[Part], per: float) -> str:
    alone = sum(part.alone for part in parts) / per
    fraction = parts[0].fraction
    if any(part.share is None for part in parts) or abs(alone) < 1e-12:
        return f"{sum(p.value for p in parts) / per / fraction:,.6g} x {fraction:.4g}" if fraction else "0"
    share = sum(part.alone * (part.share or 0.0) for part in parts) / per / alone
    return f"{alone:,.6g} x {share:.4g} x {fraction:.4g}"


def from_figures(figures: Iterable[str], filing: Filing) -> tuple[Derivation, ...]:
    """One line a figure of the ledger, of reference data or of the run, with value and origin."""
    return tuple(_known(figure_id, filing) for figure_id in figures)


def _known(figure_id: str, filing: Filing) -> Derivation:
    reason = filing.result.reasons.get(figure_id)
    kind, _, rest = figure_id.partition("/")
    if reason is not None:
        return Derivation(
            figure_id,
            figure_title(reason, filing.voice),
            reason.value,
            reason.unit,
            filing.voice.phrase(reason.formula),
            reason.method,
            _source(reason, filing),
            note=_made_of(reason, filing),
        )
    if kind == "solution" and rest in filing.solutions:
        solution = filing.solutions[rest]
        return Derivation(figure_id, solution.title(filing.lang), 1, "", method=solution.type_id)
    if kind == "participant":
        return Derivation(figure_id, filing.name(rest.partition("/")[0]), None, "")
    if kind == "park":
        key = f"forms.figure.{rest.rpartition('/')[2]}"
        return Derivation(figure_id, catalogue(filing.lang).get(key, figure_id), None, "")
    value, unit = filing.amounts.get(figure_id, (None, ""))
    bare = Derivation(figure_id, figure_id, value, unit)
    origin = filing.result.ledger.origins.get(figure_id)
    return Derivation(
        figure_id, figure_title(bare, filing.voice), value, unit, source=_place(origin) if origin else ""
    )


def _source(reason: Derivation | None, filing: Filing) -> str:
    if reason is None:
        return ""
    if reason.source:
        return filing.voice.source(reason.source)
    if reason.origin is not None:
        return _place(reason.origin)
    ids = dict.fromkeys(part.figure_id for part in reason.inputs if part.figure_id)
    return ", ".join(list(ids)[:SHOWN_INPUTS])


def _place(origin: Origin) -> str:
    cell = f"{origin.sheet}!{origin.cell}" if origin.sheet else ""
    return " ".join(part for part in (origin.file, cell, origin.who, origin.reference_id) if part)


def _made_of(reason: Derivation | None, filing: Filing) -> str:
    """The inputs of a derivation, each in a few words."""
    if reason is None:
        return ""
    shown = []
    for part in reason.inputs[:SHOWN_INPUTS]:
        value = f"{part.value:,.6g}" if isinstance(part.value, (int, float)) else str(part.value or "")
        label = figure_title(part, filing.voice, filing.solution_in(reason.figure_id))
        shown.append(" ".join(word for word in (label, value, part.unit) if word))
    more = len(reason.inputs) - SHOWN_INPUTS
    return "; ".join(shown) + (f" (+{more})" if more > 0 else "")
