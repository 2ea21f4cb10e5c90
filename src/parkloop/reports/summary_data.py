"""The summary as sheets and as data."""

from collections.abc import Sequence

from parkloop import __version__
from parkloop.reports.indicators import UNIT_ENDS, indicator_title
from parkloop.reports.solution_record import Plain
from parkloop.reports.summary_story import ProgrammeStory
from parkloop.reports.voice import Voice
from parkloop.reports.workbook import Sheet, headers

SUMMARY_SCHEMA_ID = "urn:parkloop:summary:1"


def summary_sheets(story: ProgrammeStory, voices: Sequence[Voice]) -> tuple[Sheet, ...]:
    """The sheets of the workbook: sums as raw numbers."""
    summary, voice = story.summary, story.voice
    stages = tuple(
        (
            voice.code("stage", stage),
            indicator_title(name, story.voice),
            indicator_unit_raw(name, summary.currency),
            value,
        )
        for stage, sums in summary.stages.items()
        for name, value in sums.items()
    )
    parks = tuple(
        (
            story.park(park_id),
            voice.code("stage", stage),
            indicator_title(name, story.voice),
            indicator_unit_raw(name, summary.currency),
            value,
        )
        for park_id, by_stage in summary.parks.items()
        for stage, sums in by_stage.items()
        for name, value in sums.items()
    )
    targets = tuple(
        (indicator_title(name, story.voice), target, actual)
        for name, (target, actual) in summary.targets.items()
    )
    compliance = tuple(
        (
            story.park(park_id),
            story.titles.get(framework, framework),
            voice.code("category", category),
            now,
            intended,
        )
        for park_id, scores in summary.compliance.items()
        for name, (now, intended) in scores.items()
        for framework, _, category in (name.partition("/"),)
    )
    return (
        Sheet("stages", headers(("stage", "indicator", "unit", "amount"), voices), stages),
        Sheet("parks", headers(("park", "stage", "indicator", "unit", "amount"), voices), parks),
        Sheet("targets", headers(("indicator", "target", "actual"), voices), targets),
        Sheet(
            "compliance", headers(("park", "framework", "category", "now", "intended"), voices), compliance
        ),
    )


def indicator_unit_raw(indicator: str, currency: str) -> str:
    """The unit of an indicator as kept: money unscaled."""
    if indicator == "capex":
        return currency
    if indicator == "saving":
        return f"{currency}/a"
    if indicator == "ghg_t":
        return "tCO2e/a"
    return next((unit for end, unit in UNIT_ENDS if indicator.endswith(end)), "")


def summary_record(story: ProgrammeStory, languages: tuple[str, ...]) -> Plain:
    """The summary as plain data; numbers under names that carry their unit."""
    summary = story.summary
    return {
        "schema": SUMMARY_SCHEMA_ID,
        "generator": f"parkloop {__version__}",
        "languages": list(languages),
        "is_sample": story.programme is not None and story.programme.is_sample,
        "programme_id": summary.programme_id,
        "year": summary.year,
        "currency": summary.currency,
        "stages": {stage: dict(sums) for stage, sums in summary.stages.items()},
        "parks": [
            {
                "id": park_id,
                "name_en": story.parks[park_id].name_en if park_id in story.parks else park_id,
                "name_vi": story.parks[park_id].name_vi if park_id in story.parks else park_id,
                "stages": {stage: dict(sums) for stage, sums in stages.items()},
                "compliance": {
                    name: {"now_fraction": now, "intended_fraction": intended}
                    for name, (now, intended) in summary.compliance.get(park_id, {}).items()
                },
            }
            for park_id, stages in summary.parks.items()
        ],
        "targets": {
            name: {"target": target, "actual": actual} for name, (target, actual) in summary.targets.items()
        },
        "counted_twice_tco2e_per_a": dict(summary.counted_twice),
        "issues": [
            {"code": item.code, "severity": str(item.severity), "where": str(item.where)}
            for item in summary.issues
        ],
    }
