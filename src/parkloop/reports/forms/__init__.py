"""Legal forms: takes a park's result and a reporting year, gives the forms filled, checked and written."""

from parkloop.reports.forms.fill import fill_forms
from parkloop.reports.forms.keep import form_as_dict, form_from_dict
from parkloop.reports.forms.write import write_forms

__all__ = ["fill_forms", "form_as_dict", "form_from_dict", "write_forms"]
