"""What the ledger knows of one park at the end of one year, gathered once for all derivations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from parkloop import texts
from parkloop.model import (
    Answer,
    Ledger,
    Park,
    Participant,
    ParticipantKind,
    Resource,
    Solution,
    SourceClass,
    Stage,
)

_WEAKEST_LAST = tuple(SourceClass)
_RUNNING = (Stage.IMPLEMENTED, Stage.VERIFIED)


@dataclass(frozen=True, slots=True)
class Facts:
    """One park's part of the ledger with the year it is asked for; `lang` is the language of notes."""

    ledger: Ledger
    park: Park
    year: int
    resources: Mapping[str, Resource] = field(default_factory=dict)
    lang: str = "en"

    @property
    def last_day(self) -> date:
        """31 December of the year."""
        return date(self.year, 12, 31)

    @property
    def participants(self) -> tuple[Participant, ...]:
        """Everyone in the park."""
        return self.ledger.participants_of(self.park.id)

    @property
    def enterprises(self) -> tuple[Participant, ...]:
        """Enterprises of the park that are in operation."""
        members = (item for item in self.participants if item.kind is ParticipantKind.ENTERPRISE)
        return tuple(item for item in members if item.in_operation)

    def kind_of(self, resource_id: str, ancestor: str) -> bool:
        """Whether a resource is `ancestor` or one of its kinds, as far as the taxonomy is known."""
        seen = resource_id
        while seen:
            if seen == ancestor:
                return True
            known = self.resources.get(seen)
            seen = known.parent if known else ""
        return False


@dataclass(frozen=True, slots=True)
class Ground:
    """What a computed answer rests on: note key with arguments, figures, and their weakest class."""

    note: str
    arguments: Mapping[str, str | float | int]
    figure_ids: tuple[str, ...]
    source_class: SourceClass = SourceClass.ESTIMATED


def computed(facts: Facts, criterion_id: str, value: float | bool, ground: Ground) -> Answer:
    """An answer of the park that the ledger itself gives."""
    # a share of everything must reach 100 whatever the order of its sum
    stated = value if isinstance(value, bool) else round(value, 9)
    return Answer(
        id=f"derived/{facts.park.id}/{criterion_id}/{facts.year}",
        subject_id=facts.park.id,
        criterion_id=criterion_id,
        year=facts.year,
        value=stated,
        source_class=ground.source_class,
        note=_note(facts, ground),
        computed=True,
        figure_ids=ground.figure_ids,
    )


def not_applicable(facts: Facts, criterion_id: str, ground: Ground) -> Answer:
    """An answer that takes a criterion out because it concerns nobody here."""
    return Answer(
        id=f"derived/{facts.park.id}/{criterion_id}/{facts.year}",
        subject_id=facts.park.id,
        criterion_id=criterion_id,
        year=facts.year,
        not_applicable=True,
        reason=_note(facts, ground),
        source_class=ground.source_class,
        computed=True,
        figure_ids=ground.figure_ids,
    )


def _note(facts: Facts, ground: Ground) -> str:
    return texts.text(f"assessment.derived.{ground.note}", facts.lang, **ground.arguments)


def weakest(classes: Iterable[SourceClass]) -> SourceClass:
    """The weakest of several source classes; `estimated` when there is none."""
    return max(classes, key=_WEAKEST_LAST.index, default=SourceClass.ESTIMATED)


def stage_on(solution: Solution, day: date) -> Stage:
    """The stage a solution had reached on `day`; `proposed` before anything is on record.

    The dated history decides; a solution without one is taken at its stage from its start on.
    """
    past = sorted((event for event in solution.history if event.on <= day), key=lambda event: event.on)
    if past:
        return past[-1].stage
    if solution.history:
        return Stage.PROPOSED
    if solution.stage in _RUNNING and solution.start is not None and solution.start > day:
        return Stage.DECIDED
    return solution.stage


def running(facts: Facts, kind: str) -> tuple[Solution, ...]:
    """Measures or exchanges that run at the park on the last day of the year, each once."""
    here = {item.id for item in facts.participants}
    return tuple(
        item
        for item in facts.ledger.solutions
        if item.kind == kind
        and here.intersection(item.participant_ids)
        and stage_on(item, facts.last_day) in _RUNNING
    )
