"""Legal forms: takes a park's result and a reporting year, gives the forms filled, checked and written."""

from parkloop.reports.forms.fill import fill_forms
from parkloop.reports.forms.write import form_as_dict, write_forms

__all__ = ["fill_forms", "form_as_dict", "write_forms"]
