"""Points by two measures, each with its name."""

from dataclasses import dataclass

from parkloop.reports.colours import ACCENT, INK, LINE, MUTED
from parkloop.reports.numbers import number
from parkloop.reports.svg import drawing, element, words

_WIDTH, _HEIGHT = 960.0, 380.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 80.0, 160.0, 30.0, 50.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A named point: `x` a share [-], `y` an amount."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class AxisWords:
    """What stands at the axes."""

    x: str
    y: str


def draw_scatter(dots: tuple[Dot, ...], axes: AxisWords, lang: str, alt: str) -> str:
    """The points as SVG: x from 0 to 100 %, y from 0 to a little above the largest."""
    top = max((dot.y for dot in dots), default=0.0) * 1.1 or 1.0
    wide, tall = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    body = []
    for part in range(5):
        x, y = _LEFT + wide * part / 4, _HEIGHT - _BOTTOM - tall * part / 4
        body.append(element("line", {"x1": x, "x2": x, "y1": _TOP, "y2": _HEIGHT - _BOTTOM, "stroke": LINE}))
        body.append(element("line", {"x1": _LEFT, "x2": _LEFT + wide, "y1": y, "y2": y, "stroke": LINE}))
        plain = {"font-size": 12, "fill": MUTED}
        body.append(words(x, _HEIGHT - _BOTTOM + 18, f"{part * 25} %", {**plain, "text-anchor": "middle"}))
        body.append(words(_LEFT - 8, y + 4, number(top * part / 4, lang), {**plain, "text-anchor": "end"}))
    style = {"font-size": 12, "fill": MUTED}
    body.append(words(0, 14, axes.y, style))
    body.append(words(_LEFT + wide, _HEIGHT - 10, axes.x, {**style, "text-anchor": "end"}))
    for dot in dots:
        x = _LEFT + wide * min(1.0, max(0.0, dot.x))
        y = _HEIGHT - _BOTTOM - tall * max(0.0, dot.y) / top
        body.append(element("circle", {"cx": x, "cy": y, "r": 6, "fill": ACCENT, "stroke": INK}))
        body.append(words(x + 10, y + 4, dot.name, {"font-size": 13}))
    return drawing(_WIDTH, _HEIGHT, "".join(body), alt)
