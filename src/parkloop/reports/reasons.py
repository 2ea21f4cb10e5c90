"""Derivations as they are printed: what a figure is, how it was made, from which cells and factors."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from parkloop.model import Confidence, Derivation, Origin, OriginKind
from parkloop.reports.numbers import entered, unit_text
from parkloop.reports.page import Block, Cell, Chapter, Fact, Facts, Fold, Reason, Table
from parkloop.reports.page import Cards as CardsBlock
from parkloop.reports.voice import Voice

_DEEPEST = 8
_MOST_INPUTS = 60
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")


def figures_on(chapters: Iterable[Chapter]) -> tuple[str, ...]:
    """The figure ids that cells of the chapters refer to, in reading order."""
    seen: dict[str, None] = {}
    for chapter in chapters:
        for cell in _cells(chapter.blocks):
            if cell.why:
                seen[cell.why] = None
    return tuple(seen)


def _cells(blocks: Iterable[Block]) -> Iterable[Cell]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                yield from row
        elif isinstance(block, Facts):
            yield from (item.value for item in block.items)
        elif isinstance(block, CardsBlock):
            for card in block.items:
                yield card.value
                yield from (row.value for row in card.rows)
        elif isinstance(block, Fold):
            yield from _cells(block.blocks)


def anchors_of(figure_ids: Iterable[str], lang: str) -> dict[str, str]:
    """A short anchor per figure id, in reading order."""
    return {figure_id: f"{lang}-w{number}" for number, figure_id in enumerate(figure_ids, start=1)}


def reasons_of(anchors: Mapping[str, str], voice: Voice) -> tuple[Reason, ...]:
    """One printed derivation per figure id of `anchors` that has one.

    What several figures rest on is told once, where it first occurs, and linked from everywhere else.
    """
    wanted = [item for item in anchors if item in voice.reasons]
    teller = _Teller(voice, anchors, {})
    # emissions first: there the quantity, its cells and the factor stand together
    told = {item: teller.card(item) for item in sorted(wanted, key=lambda item: not item.endswith("/ghg_t"))}
    return tuple(told[item] for item in wanted)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells derivations; `told` keeps the anchors of inner ones that stand somewhere already."""

    voice: Voice
    anchors: Mapping[str, str]
    told: dict[tuple[str, object], str]

    def card(self, figure_id: str) -> Reason:
        derivation = self.voice.reasons[figure_id]
        solution_id = solution_of(figure_id)
        subject = f"{solution_id} {self.voice.solution(solution_id)}" if solution_id else ""
        return replace(
            self._told(derivation, 0, solution_id), anchor=self.anchors[figure_id], subject=subject
        )

    def inner(self, derivation: Derivation, depth: int, subject: str) -> Reason:
        derivation = _unwrapped(derivation)
        known = self.voice.reasons.get(derivation.figure_id)
        if known is not None and not derivation.inputs and known.value == derivation.value:
            derivation = _unwrapped(known)
        if known is not None and known.inputs and derivation.figure_id in self.anchors:
            return self._linked(derivation, self.anchors[derivation.figure_id], subject)
        if not derivation.figure_id or not derivation.inputs:
            return self._told(derivation, depth, subject)
        key = (derivation.figure_id, derivation.value)
        if key in self.told:
            return self._linked(derivation, self.told[key], subject)
        self.told[key] = f"{self.voice.lang}-i{len(self.told)}"
        return replace(self._told(derivation, depth, subject), anchor=self.told[key])

    def _told(self, derivation: Derivation, depth: int, subject: str) -> Reason:
        inside = subject or solution_of(derivation.figure_id)
        inputs = derivation.inputs[:_MOST_INPUTS] if depth < _DEEPEST else ()
        return Reason(
            figure_id=derivation.figure_id,
            title=figure_title(derivation, self.voice, subject),
            value=value_text(derivation.value, derivation.unit, self.voice),
            lines=_lines(derivation, self.voice),
            inputs=tuple(self.inner(item, depth + 1, inside) for item in inputs),
            marks=_marks(derivation),
        )

    def _linked(self, derivation: Derivation, anchor: str, subject: str) -> Reason:
        return Reason(
            figure_id=derivation.figure_id,
            title=figure_title(derivation, self.voice, subject),
            value=value_text(derivation.value, derivation.unit, self.voice),
            marks=_marks(derivation),
            link=anchor,
        )


def _marks(derivation: Derivation) -> tuple[str, ...]:
    return ("unchecked",) if derivation.confidence is Confidence.UNCHECKED else ()


def solution_of(figure_id: str) -> str:
    """The solution a figure is about; empty when it is about something else."""
    parts = figure_id.split("/")
    if parts[0] == "case" and len(parts) >= 3:
        return parts[1]
    return parts[4] if parts[0] == "portfolio" and len(parts) == 6 else ""


def figure_title(derivation: Derivation, voice: Voice, subject: str = "") -> str:
    """The title of a derivation, in the language of the page where the figure id tells what it is.

    Below a figure of the solution `subject` its name is not said again.
    """
    parts = derivation.figure_id.split("/")
    solution_id = solution_of(derivation.figure_id)
    about = "" if solution_id == subject else f" · {solution_id} {voice.solution(solution_id)}"
    if parts[0] == "case" and len(parts) == 3:
        return f"{_quantity(parts[2], voice)}{about}"
    if parts[0] == "portfolio" and len(parts) == 6:
        return f"{_quantity(parts[5], voice)}{about} ({voice.say('why.share_short')})"
    if parts[0] == "portfolio" and len(parts) == 4:
        return f"{_quantity(parts[3], voice)} · {voice.say('why.plan')} {parts[2]}"
    if parts[0] == "reference" and len(parts) == 2:
        label = voice.row(parts[1])
        return label if label != parts[1] else derivation.label or parts[1]
    if parts[0] == "case" and len(parts) == 4 and parts[2] == "capex" and derivation.inputs:
        return figure_title(derivation.inputs[0], voice, subject)
    if derivation.figure_id in voice.titles:
        return voice.titles[derivation.figure_id]
    said = voice.phrase(derivation.label or derivation.figure_id)
    if said in voice.resources:
        return voice.resource(said)
    return voice.field_name(said) if _NAME.fullmatch(said) else said


def _unwrapped(derivation: Derivation) -> Derivation:
    """A derivation that only names another of the same figure, as one."""
    same = [
        item
        for item in derivation.inputs
        if item.figure_id and (item.figure_id, item.value) == (derivation.figure_id, derivation.value)
    ]
    if not same:
        return derivation
    rest = tuple(item for item in derivation.inputs if item not in same)
    return replace(
        same[0],
        label=derivation.label,
        source_class=derivation.source_class or same[0].source_class,
        note=derivation.note or same[0].note,
        inputs=(*same[0].inputs, *rest),
    )


def _quantity(name: str, voice: Voice) -> str:
    if name in voice.resources:
        return voice.resource(name)
    return voice.code("quantity", name)


def value_text(value: float | str | bool | None, unit: str, voice: Voice) -> str:
    """A derivation's value with its unit."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return voice.code("answer", "yes" if value else "no")
    if isinstance(value, str):
        return value
    return f"{entered(value, voice.lang)} {unit_text(unit, voice.lang)}".strip()


def _lines(derivation: Derivation, voice: Voice) -> tuple[Fact, ...]:
    facts: list[tuple[str, str]] = [
        ("formula", voice.phrase(derivation.formula)),
        ("method", derivation.method),
        ("source", voice.source(derivation.source)),
        ("confidence", "" if _marks(derivation) else voice.code("confidence", derivation.confidence or "")),
        ("source_class", voice.code("source_class", derivation.source_class or "")),
        ("origin", origin_text(derivation.origin, voice)),
        ("note", voice.phrase(derivation.note)),
    ]
    hidden = len(derivation.inputs) - _MOST_INPUTS
    if hidden > 0:
        facts.append(("note", voice.say("why.more_inputs", {"count": hidden})))
    return tuple(Fact(voice.say(f"why.{name}"), Cell(said)) for name, said in facts if said)


def origin_text(origin: Origin | None, voice: Voice) -> str:
    """Where a value was entered: file, sheet and cell, or who, meter, register, row."""
    if origin is None:
        return ""
    if origin.kind is OriginKind.CELL:
        place = f"{origin.sheet}!{origin.cell}" if origin.cell else origin.sheet
        said = " · ".join(part for part in (origin.file, place) if part)
    else:
        said = " · ".join(
            part
            for part in (
                voice.code("origin_kind", origin.kind),
                origin.who,
                origin.reference_id,
                origin.method,
                origin.file,
                origin.at,
            )
            if part
        )
    return f"{said} · “{origin.typed}”" if origin.typed else said


def is_told(derivation: Derivation, known: Mapping[str, Derivation]) -> bool:
    """Whether a derivation has an entry of its own that says the same, so that naming it is enough."""
    own = known.get(derivation.figure_id)
    return own is not None and bool(own.inputs) and own.value == derivation.value


def flat(reasons: Mapping[str, Derivation]) -> Iterable[tuple[int, Derivation]]:
    """Every derivation with its depth, parents before inputs; what has an entry of its own is only named."""
    for derivation in reasons.values():
        yield from _flat(derivation, reasons, 0)


def _flat(
    derivation: Derivation, known: Mapping[str, Derivation], depth: int
) -> Iterable[tuple[int, Derivation]]:
    yield depth, derivation
    if depth < _DEEPEST and not (depth and is_told(derivation, known)):
        for item in derivation.inputs:
            yield from _flat(item, known, depth + 1)
