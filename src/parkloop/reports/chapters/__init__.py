"""Takes the story of a park, gives the chapters of its dossier in reading order."""

from parkloop.reports.chapters.balances import flows_chapter
from parkloop.reports.chapters.exchanges import exchanges_chapter, map_chapter
from parkloop.reports.chapters.park import park_chapter
from parkloop.reports.chapters.quality import quality_chapter
from parkloop.reports.chapters.scores import scores_chapter
from parkloop.reports.chapters.solutions import macc_chapter, solutions_chapter
from parkloop.reports.chapters.sources import forms_chapter, sources_chapter
from parkloop.reports.chapters.totals import totals_chapter

__all__ = [
    "exchanges_chapter",
    "flows_chapter",
    "forms_chapter",
    "macc_chapter",
    "map_chapter",
    "park_chapter",
    "quality_chapter",
    "scores_chapter",
    "solutions_chapter",
    "sources_chapter",
    "totals_chapter",
]
