"""Forms as files: a workbook for each form, and one JSON file for each form code."""

import json
import re
from collections.abc import Iterable

from parkloop import reference
from parkloop.model import Document, LegalForm
from parkloop.reports.forms.keep import form_as_dict
from parkloop.reports.forms.workbook import workbook

__all__ = ["file_name", "write_forms"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNFIT = re.compile(r"[^A-Za-z0-9._-]+")


def write_forms(forms: Iterable[LegalForm], lang: str) -> tuple[Document, ...]:
    """The files of all forms.

    Each form has a workbook of its own, since each is filed by its own subject: the form, on A.4 the
    cross-checks, and the trace of its numbers. All forms of one code stand in one JSON file, without
    personal data. Names follow the portal: report code, period, code of the project (the id of the park or
    of the enterprise), for instance `EZ_A4_2026_TG.xlsx`.
    """
    by_code: dict[str, list[LegalForm]] = {}
    for item in forms:
        by_code.setdefault(item.code, []).append(item)
    documents = []
    for members in by_code.values():
        documents += [Document(f"{file_name(m)}.xlsx", XLSX, workbook(m, lang)) for m in members]
        content = json.dumps([form_as_dict(m) for m in members], ensure_ascii=False, indent=1).encode()
        name = _name(members[0].code, members[0].year, members[0].park_id)
        documents.append(Document(f"{name}.json", "application/json", content))
    return tuple(documents)


def file_name(form: LegalForm) -> str:
    """`<report code>_<period>_<project code>`, as the portal names its exports; no extension."""
    return _name(form.code, form.year, form.subject_id)


def _name(code: str, year: int, project: str) -> str:
    report = reference.form_titles()[code].report_code
    return f"{report}_{year}_{UNFIT.sub('-', project)}"
