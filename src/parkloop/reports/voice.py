"""The words of one language for what a result holds: resources, participants, codes and issues."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isclose

from parkloop.model import Confidence, Derivation, Issue, ParkResult, Participant, Resource, Solution
from parkloop.reference import row as reference_row
from parkloop.reference import sources, symbiosis_forms
from parkloop.texts import catalogue, mend, message, text

CELL_MARKS = ("unchecked", "inferred", "estimated", "adjusted", "flagged")


@dataclass(frozen=True, slots=True)
class Voice:
    """A language together with the names it needs; `reasons` says which figures can be opened."""

    lang: str
    resources: Mapping[str, Resource] = field(default_factory=dict)
    participants: Mapping[str, Participant] = field(default_factory=dict)
    solutions: Mapping[str, Solution] = field(default_factory=dict)
    reasons: Mapping[str, Derivation] = field(default_factory=dict)

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
        """A fixed English sentence of a derivation in the language of the page; others stay as they are."""
        return catalogue(self.lang).get(f"reports.phrase.{said}", said)

    def source(self, source_id: str) -> str:
        """The title of a publication; what is not an id stays as it is."""
        known = sources().get(source_id)
        return " ".join(part for part in (known.title, known.edition) if part) if known else source_id

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
    )
