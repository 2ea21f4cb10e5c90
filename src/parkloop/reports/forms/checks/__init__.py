"""Cross-checks: takes the filled forms of a park and year and last year's, gives one verdict a check."""

from parkloop.reports.forms.checks.run import check_forms

__all__ = ["check_forms"]
