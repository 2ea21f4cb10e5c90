"""Pages as one self-contained HTML file: style, script, drawings and type inside, nothing fetched."""

import base64
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, Template, select_autoescape

from parkloop.reports.page import Page, Reason
from parkloop.reports.typeface import woff

_WEIGHTS = ((400, "Regular"), (600, "Semibold"))


def _read(name: str) -> str:
    return (files("parkloop.reports") / "templates" / name).read_text("utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        loader=FunctionLoader(_read),
        autoescape=select_autoescape(enabled_extensions=("j2",), default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2")


@cache
def _fonts() -> str:
    rules = []
    for weight, name in _WEIGHTS:
        data = base64.b64encode(woff(name)).decode("ascii")
        rules.append(
            f'@font-face{{font-family:"Source Sans Pro";font-weight:{weight};font-display:swap;'
            f"src:url(data:font/woff;base64,{data}) format('woff')}}\n"
        )
    return "".join(rules)


def to_html(pages: tuple[Page, ...]) -> bytes:
    """The pages as one HTML document; with several languages a switch shows one, the first to begin with."""
    linked = frozenset(link for page in pages for item in page.reasons for link in _links(item))
    made = _template().render(
        pages=pages,
        whys={page.lang: _cards(page) for page in pages},
        linked=linked,
        fonts=_fonts(),
        style=_read("page.css"),
        script=_read("page.js"),
    )
    return made.encode("utf-8")


def _links(reason: Reason) -> Iterator[str]:
    """The anchors a derivation and what is below it link to."""
    if reason.link:
        yield reason.link
    for part in reason.inputs:
        yield from _links(part)


def _cards(page: Page) -> tuple[tuple[Reason, ...], ...]:
    """The derivations by what one card holds: all figures of a solution together, others each alone."""
    cards: dict[str, list[Reason]] = {}
    for reason in page.reasons:
        cards.setdefault(reason.subject or reason.figure_id, []).append(reason)
    return tuple(tuple(card) for card in cards.values())
