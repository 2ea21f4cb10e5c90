"""The marginal abatement cost curve: width t/a, height money per t, texture by stage."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from parkloop.model import MaccBlock
from parkloop.reports.bars import stripes
from parkloop.reports.colours import INK, LINE, MUTED, STAGE_COLOURS
from parkloop.reports.numbers import number
from parkloop.reports.svg import drawing, element, titled, width_of, words
from parkloop.reports.voice import Voice

_WIDTH, _HEIGHT = 960.0, 420.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 70.0, 16.0, 34.0, 46.0
_CLIP = 2.5
_ANGLES = {"proposed": 0, "feasible": 45, "decided": 90, "implemented": 135, "verified": None}
_TICKS = 5


@dataclass(frozen=True, slots=True)
class _Axes:
    t_max: float
    low: float
    high: float

    def x(self, t: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * t / self.t_max

    def y(self, cost: float) -> float:
        inside = min(max(cost, self.low), self.high)
        return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (self.high - inside) / (self.high - self.low)


def restarted(blocks: Iterable[MaccBlock]) -> tuple[MaccBlock, ...]:
    """Blocks of several curves as one: cheapest first, each beginning where the one before ends."""
    start, joined = 0.0, []
    for block in sorted(blocks, key=lambda item: (item.cost_usd_per_t, item.solution_id)):
        joined.append(MaccBlock(block.solution_id, block.ghg_t, block.cost_usd_per_t, start, block.stage))
        start += block.ghg_t
    return tuple(joined)


def _axes(blocks: tuple[MaccBlock, ...]) -> _Axes:
    """Axes that show the bulk of the tonnes; a block beyond them is cut and says so."""
    costs = sorted(blocks, key=lambda block: block.cost_usd_per_t)
    whole = sum(block.ghg_t for block in blocks)

    def quantile(fraction: float) -> float:
        seen = 0.0
        for block in costs:
            seen += block.ghg_t
            if seen >= fraction * whole:
                return block.cost_usd_per_t
        return costs[-1].cost_usd_per_t

    low = max(costs[0].cost_usd_per_t, min(0.0, quantile(0.10) * _CLIP))
    high = min(costs[-1].cost_usd_per_t, max(0.0, quantile(0.90) * _CLIP))
    low, high = min(low, 0.0), max(high, 0.0)
    room = (high - low) * 0.08 or 1.0
    return _Axes(max(block.start_t + block.ghg_t for block in blocks), low - room, high + room)


def _nice_step(width: float) -> float:
    power = 10.0 ** math.floor(math.log10(width / _TICKS))
    return next(step * power for step in (1, 2, 5, 10) if step * power * _TICKS >= width * 0.8)


def _grid(axes: _Axes, voice: Voice) -> str:
    parts = []
    step = _nice_step(axes.high - axes.low)
    tick = step * int(axes.low / step)
    while tick <= axes.high:
        y = axes.y(tick)
        parts.append(element("line", {"x1": _LEFT, "x2": _WIDTH - _RIGHT, "y1": y, "y2": y, "stroke": LINE}))
        style = {"text-anchor": "end", "font-size": 12, "fill": MUTED}
        parts.append(words(_LEFT - 8, y + 4, number(tick, voice.lang), style))
        tick += step
    step = _nice_step(axes.t_max)
    tick = 0.0
    while tick <= axes.t_max:
        style = {"text-anchor": "middle", "font-size": 12, "fill": MUTED}
        parts.append(words(axes.x(tick), _HEIGHT - _BOTTOM + 18, number(tick, voice.lang), style))
        tick += step
    parts.append(words(0, 14, voice.say("macc.y_axis"), {"font-size": 12, "fill": MUTED}))
    style = {"text-anchor": "end", "font-size": 12, "fill": MUTED}
    parts.append(words(_WIDTH - _RIGHT, _HEIGHT - 8, voice.say("macc.x_axis"), style))
    return "".join(parts)


def _block(block: MaccBlock, axes: _Axes, voice: Voice, uid: str) -> str:
    x0, x1 = axes.x(block.start_t), axes.x(block.start_t + block.ghg_t)
    zero, end = axes.y(0.0), axes.y(block.cost_usd_per_t)
    top, tall = min(zero, end), max(1.0, abs(end - zero))
    colour = STAGE_COLOURS.get(block.stage, MUTED)
    fill = colour if _ANGLES.get(block.stage, 0) is None else f"url(#{uid}-{block.stage})"
    box = {"x": x0, "y": top, "width": max(0.8, x1 - x0), "height": tall}
    markup = element("rect", {**box, "fill": fill, "stroke": INK, "stroke-width": 0.6})
    middle = (x0 + x1) / 2
    below = block.cost_usd_per_t < 0
    if not axes.low <= block.cost_usd_per_t <= axes.high:
        at = end - 6 if below else end + 14
        said = number(block.cost_usd_per_t, voice.lang)
        if width_of(said, 11) <= x1 - x0:
            markup += words(middle, at, said, {"font-size": 11, "text-anchor": "middle", "font-weight": 600})
        step, jag = (x1 - x0) / 4, -4 if below else 4
        cut = f"M{x0:.1f} {end:.1f}l{step:.1f} {jag}l{step:.1f} {-jag}"
        markup += element("path", {"d": cut, "stroke": "#ffffff", "stroke-width": 2, "fill": "none"})
    if width_of(block.solution_id, 11) < x1 - x0 + 2:
        at = zero - 5 if below else zero + 14
        markup += words(middle, at, block.solution_id, {"font-size": 11, "text-anchor": "middle"})
    hover = voice.say(
        "macc.hover",
        {
            "id": block.solution_id,
            "title": voice.solution(block.solution_id),
            "t": number(block.ghg_t, voice.lang),
            "cost": number(block.cost_usd_per_t, voice.lang),
        },
    )
    return titled(markup, hover)


def draw_macc(blocks: tuple[MaccBlock, ...], voice: Voice, uid: str) -> str:
    """The curve as SVG; blocks without tonnes are left out. `uid` keeps patterns apart."""
    drawn = tuple(block for block in blocks if block.ghg_t > 0)
    axes = _axes(drawn)
    patterns = [
        stripes(f"{uid}-{stage}", colour, "#ffffff", angle)
        for stage, colour in STAGE_COLOURS.items()
        if (angle := _ANGLES.get(stage)) is not None
    ]
    zero = axes.y(0.0)
    body = [
        element("defs", {}, *patterns),
        _grid(axes, voice),
        "".join(_block(block, axes, voice, uid) for block in drawn),
        element("line", {"x1": _LEFT, "x2": _WIDTH - _RIGHT, "y1": zero, "y2": zero, "stroke": INK}),
        _legend(drawn, voice, uid),
    ]
    alt = voice.say("macc.alt", {"blocks": len(drawn), "t": number(axes.t_max, voice.lang)})
    return drawing(_WIDTH, _HEIGHT, "".join(body), alt)


def _legend(blocks: tuple[MaccBlock, ...], voice: Voice, uid: str) -> str:
    x, parts = _WIDTH - _RIGHT, []
    for stage in reversed(STAGE_COLOURS):
        if not any(block.stage == stage for block in blocks):
            continue
        said = voice.code("stage", stage)
        x -= width_of(said, 12) + 26
        fill = STAGE_COLOURS[stage] if _ANGLES.get(stage, 0) is None else f"url(#{uid}-{stage})"
        box = {"x": x, "y": 4, "width": 14, "height": 12, "fill": fill, "stroke": INK, "stroke-width": 0.6}
        parts.append(element("rect", box) + words(x + 18, 14, said, {"font-size": 12}))
    return "".join(parts)
