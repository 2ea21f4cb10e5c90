"""Pages as PDF, set by typst from data."""

from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Literal

import typst

from parkloop.reports.page import Page, to_json
from parkloop.reports.typeface import font_folder


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())]
    )


@cache
def _template() -> bytes:
    return (files("parkloop.reports") / "templates" / "page.typ").read_bytes()


def to_pdf(page: Page) -> bytes:
    """One page as PDF on A4; figures with a number point to the derivations at the end."""
    return _compiled(page, "pdf")[0]


def to_png(page: Page, ppi: float = 96.0) -> tuple[bytes, ...]:
    """The printed sheets as pictures, for looking at them."""
    return _compiled(page, "png", ppi)


def _compiled(page: Page, kind: Literal["pdf", "png"], ppi: float = 144.0) -> tuple[bytes, ...]:
    reasons = tuple(item for item in page.reasons if item.figure_id in page.notes)
    printed = replace(page, reasons=reasons, anchors={})
    compiler = typst.Compiler(_template(), font_paths=_fonts(), sys_inputs={"page": to_json(printed)})
    # a fixed time keeps the same data giving the same bytes
    made = compiler.compile(format=kind, ppi=ppi, timestamp=0)
    sheets = made if isinstance(made, list) else [made]
    return tuple(sheet for sheet in sheets if sheet is not None)
