"""The words of one language for what a result holds: resources, participants, codes and issues."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from math import isclose

from parkloop.model import Confidence, Derivation, Issue, ParkResult, Participant, Resource, Solution
from parkloop.reference import equipment_kinds, sources, symbiosis_forms
from parkloop.reference import row as reference_row
from parkloop.reports.numbers import entered
from parkloop.texts import catalogue, mend, message, text

_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])")
_YEAR = re.compile(r"(19|20)\d\d")
_STARTS = ("entered change of ", "end-use graph, ", "this machine's part of ")
CELL_MARKS = ("unchecked", "inferred", "estimated", "adjusted", "flagged")


@dataclass(frozen=True, slots=True)
class Voice:
    """A language together with the names it needs.

    `reasons` says which figures can be opened, `titles` how entered figures are called.
    """

    lang: str
    resources: Mapping[str, Resource] = field(default_factory=dict)
    participants: Mapping[str, Participant] = field(default_factory=dict)
    solutions: Mapping[str, Solution] = field(default_factory=dict)
    reasons: Mapping[str, Derivation] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def say(self, key: str, arguments: Mapping[str, object] | None = None) -> str:
        """The text `reports.<key>` with its placeholders filled."""
        return text(f"reports.{key}", self.lang, **(arguments or {}))

    def code(self, kind: str, value: str) -> str:
        """The word for a code of a list (`stage`, `rung`, ...); the code without underscores when unknown."""
        if not value:
            return ""
        known = catalogue(self.lang).get(f"reports.{kind}.{value}")
        return known if known is not None else value.replace("_", " ")

    def resource(self, resource_id: str) -> str:
        """The name of a resource."""
        found = self.resources.get(resource_id)
        return found.name(self.lang) if found else self.code("resource", resource_id)

    def participant(self, participant_id: str) -> str:
        """The name of a participant, or its id when it is not in the ledger."""
        found = self.participants.get(participant_id)
        return found.name if found else participant_id

    def solution(self, solution_id: str) -> str:
        """The title of a solution, or its id."""
        found = self.solutions.get(solution_id)
        return found.title(self.lang) if found else solution_id

    def why(self, *candidates: str) -> str:
        """The first of the figure ids that has a derivation; empty when none has."""
        return next((item for item in candidates if item in self.reasons), "")

    def why_of(self, value: float, *candidates: str) -> str:
        """The first figure id whose derivation gives this very value; a figure never opens another's."""
        for item in candidates:
            known = self.reasons.get(item)
            if (
                known is not None
                and isinstance(known.value, int | float)
                and isclose(known.value, value, rel_tol=1e-6)
            ):
                return item
        return ""

    def phrase(self, said: str) -> str:
        """A fixed English phrase of a derivation in the language of the page; others stay as they are."""
        texts = catalogue(self.lang)
        whole = texts.get(f"reports.phrase.{said}")
        if whole is not None:
            return whole
        numbers = _NUMBER.findall(said)
        pattern = texts.get(f"reports.phrase.{_NUMBER.sub('#', said)}", "")
        for found in numbers:
            said_number = found if _YEAR.fullmatch(found) else entered(float(found), self.lang)
            pattern = pattern.replace("#", said_number, 1)
        return pattern or self._started(said)

    def _started(self, said: str) -> str:
        """A phrase that ends in a name: its beginning in the language, the name of a resource too."""
        for start in _STARTS:
            if said.startswith(start):
                rest = said.removeprefix(start)
                known = catalogue(self.lang)[f"reports.phrase_start.{start.strip(' ,')}"]
                return f"{known} {self.resource(rest) if rest in self.resources else rest}"
        return said

    def field_name(self, name: str) -> str:
        """The label of a field of equipment; the name in plain words when no kind of equipment has it."""
        label = _field_labels(self.lang).get(name)
        return label if label is not None else self.code("field", name)

    def source(self, source_id: str) -> str:
        """The title of a publication, what follows its id behind it; what is no id stays as it is."""
        head, _, locator = source_id.partition(" ")
        known = sources().get(head)
        if known is None:
            return source_id
        return " ".join(part for part in (known.title, known.edition, locator) if part)

    def row(self, row_id: str) -> str:
        """The label of a reference row; its id when no table has it."""
        try:
            known = reference_row(row_id)
        except KeyError:
            return row_id
        return known.label_vi if self.lang == "vi" else known.label_en

    def confidence(self, row_id: str) -> Confidence | None:
        """How far a reference row was checked; None when no table has it."""
        try:
            return reference_row(row_id).confidence
        except KeyError:
            return None

    def legal_form(self, form_id: str) -> str:
        """The name of a country's form of symbiosis; its id when the tables lack it."""
        known = next((item for item in symbiosis_forms() if item.id == form_id), None)
        return form_id if known is None else known.name_vi if self.lang == "vi" else known.name_en

    def missing(self, field_code: str) -> str:
        """What is still to be asked about an exchange, in words."""
        kind, _, parameter = field_code.partition(".")
        return f"{self.code('missing_field', kind)} {parameter.replace('_', ' ')}".strip()

    def issue(self, issue: Issue) -> tuple[str, str]:
        """What an issue says and how to mend it; the bare code when the catalogue lacks it."""
        try:
            said = message(issue.code, self.lang, issue.arguments)
        except (KeyError, IndexError):
            details = ", ".join(f"{name} {value}" for name, value in issue.arguments.items())
            said = f"{issue.code} {details}".strip()
        try:
            return said, mend(issue.code, self.lang, issue.arguments)
        except (KeyError, IndexError):
            return said, ""


def voice_of(result: ParkResult, lang: str, reasons: Mapping[str, Derivation]) -> Voice:
    """The voice of one park's result in `lang`."""
    return Voice(
        lang=lang,
        resources=result.resources,
        participants={item.id: item for item in result.ledger.participants},
        solutions={item.id: item for item in result.solutions},
        reasons=reasons,
        titles=_titles(result, lang),
    )


def _titles(result: ParkResult, lang: str) -> dict[str, str]:
    """What entered figures are called: answers by their criterion, properties by machine and field."""
    titles = {}
    for assessment in result.assessments:
        for judged in assessment.judged:
            criterion = judged.criterion
            said = criterion.title_vi if lang == "vi" else criterion.title_en
            titles[f"answer/{judged.answer_id}/value"] = said
    labels = _field_labels(lang)
    for machine in result.ledger.equipment:
        for name in (*machine.properties, "hours_per_a", "count"):
            label = labels.get(name) or catalogue(lang).get(f"reports.field.{name}", name.replace("_", " "))
            titles[f"equipment/{machine.id}/{name}"] = f"{machine.name or machine.id}: {label}"
    return titles


@cache
def _field_labels(lang: str) -> Mapping[str, str]:
    return {
        item.name: item.label_vi if lang == "vi" else item.label_en
        for kind in equipment_kinds().values()
        for item in kind.fields
    }
