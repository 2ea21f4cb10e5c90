"""Documents: takes the result of a park or the summary of a programme, gives files."""

from parkloop.reports.dossier import write_dossier
from parkloop.reports.forms import fill_forms, form_as_dict, write_forms
from parkloop.reports.summary import write_summary

__all__ = ["fill_forms", "form_as_dict", "write_dossier", "write_forms", "write_summary"]
