"""Scores as bars: now filled, intended as an open frame with stripes."""

from dataclasses import dataclass

from parkloop.reports.colours import ACCENT, INK, LINE, MUTED, PALE
from parkloop.reports.svg import drawing, element, fitted, num, words

_WIDTH = 960.0
_LEFT = 250.0
_RIGHT = 200.0
_ROW = 34.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One category: score now and intended [-], None when nothing can be scored; texts as printed."""

    label: str
    now: float | None
    intended: float | None
    said: str
    strong: bool = False


def stripes(uid: str, colour: str, ground: str, angle: int) -> str:
    """A striped pattern called `uid`."""
    line = element("rect", {"width": 3, "height": 7, "fill": colour})
    back = element("rect", {"width": 7, "height": 7, "fill": ground})
    return element(
        "pattern",
        {
            "id": uid, "width": 7, "height": 7, "patternUnits": "userSpaceOnUse",
            "patternTransform": f"rotate({angle})",
        },
        back,
        line,
    )  # fmt: skip


def draw_bars(bars: tuple[Bar, ...], uid: str, alt: str) -> str:
    """Bars from 0 to 100 % as SVG; `uid` keeps the patterns of several drawings apart."""
    room = _WIDTH - _LEFT - _RIGHT
    height = 26 + _ROW * len(bars) + 6
    body = [element("defs", {}, stripes(uid, "#8fb9b5", PALE, 45))]
    for tick in range(0, 101, 25):
        x = _LEFT + room * tick / 100
        body.append(element("line", {"x1": x, "x2": x, "y1": 20, "y2": height - 4, "stroke": LINE}))
        style = {"font-size": 11, "fill": MUTED, "text-anchor": "middle"}
        body.append(words(x, 14, f"{tick} %", style))
    for index, bar in enumerate(bars):
        y = 26 + index * _ROW
        weight = 600 if bar.strong else 400
        label = fitted(bar.label, _LEFT - 16, 13)
        body.append(words(0, y + 19, label, {"font-weight": weight}))
        if bar.intended is not None:
            box = {"x": _LEFT, "y": y + 3, "width": max(0.0, room * bar.intended), "height": 22.0}
            body.append(element("rect", {**box, "fill": f"url(#{uid})", "stroke": ACCENT, "stroke-width": 1}))
        if bar.now is not None:
            box = {"x": _LEFT, "y": y + 8, "width": max(0.0, room * bar.now), "height": 12.0}
            body.append(element("rect", {**box, "fill": ACCENT}))
        at = {"x": num(_LEFT + room + 12)}
        body.append(words(float(at["x"]), y + 19, bar.said, {"font-weight": weight, "fill": INK}))
    return drawing(_WIDTH, height, "".join(body), alt)
