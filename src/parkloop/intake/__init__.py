"""Files in: takes workbooks and a ledger, gives the ledger it would become, the differences, the issues."""

from parkloop.intake.check import check
from parkloop.intake.container import Limits
from parkloop.intake.export import write_template, write_workbook
from parkloop.intake.issue_book import write_issues
from parkloop.intake.merge import merge
from parkloop.intake.workbook import read_workbook

__all__ = [
    "Limits",
    "check",
    "merge",
    "read_workbook",
    "write_issues",
    "write_template",
    "write_workbook",
]
