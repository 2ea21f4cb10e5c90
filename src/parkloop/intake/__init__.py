"""Files in: takes workbooks and a ledger, gives the ledger it would become, the differences, the issues."""

from parkloop.intake.check import check
from parkloop.intake.container import Limits
from parkloop.intake.eprtr import read_eprtr
from parkloop.intake.export import write_template, write_workbook
from parkloop.intake.hotmaps import read_hotmaps
from parkloop.intake.issue_book import write_issues
from parkloop.intake.mapped import read_mapped
from parkloop.intake.mapping import ColumnMapping, read_mapping
from parkloop.intake.merge import merge
from parkloop.intake.places import read_places
from parkloop.intake.series import read_series
from parkloop.intake.workbook import read_workbook

__all__ = [
    "ColumnMapping",
    "Limits",
    "check",
    "merge",
    "read_eprtr",
    "read_hotmaps",
    "read_mapped",
    "read_mapping",
    "read_places",
    "read_series",
    "read_workbook",
    "write_issues",
    "write_template",
    "write_workbook",
]
