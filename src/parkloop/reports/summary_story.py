"""A programme's summary told in one language: what its pages, sheets and record share."""

from collections.abc import Mapping
from dataclasses import dataclass

from parkloop.model import Park, ParkResult, Programme, Summary
from parkloop.reports.voice import Voice


@dataclass(frozen=True, slots=True)
class ProgrammeStory:
    """A summary with the parks' results, told in one language."""

    summary: Summary
    results: tuple[ParkResult, ...]
    voice: Voice
    programme: Programme | None
    parks: Mapping[str, Park]
    titles: Mapping[str, str]

    @property
    def lang(self) -> str:
        """The language of the document."""
        return self.voice.lang

    def park(self, park_id: str) -> str:
        """The name of a park, or its id when its result is not there."""
        known = self.parks.get(park_id)
        return known.name(self.lang) if known else park_id


def programme_story(summary: Summary, results: tuple[ParkResult, ...], lang: str) -> ProgrammeStory:
    """Everything the chapters and sheets of a summary need."""
    frameworks = {a.framework.id: a.framework for result in results for a in result.assessments}
    voice = Voice(
        lang,
        solutions={item.id: item for result in results for item in result.solutions},
    )
    return ProgrammeStory(
        summary,
        results,
        voice,
        results[0].ledger.programme if results else None,
        {result.park.id: result.park for result in results},
        {key: item.title_vi if lang == "vi" else item.title_en for key, item in frameworks.items()},
    )
