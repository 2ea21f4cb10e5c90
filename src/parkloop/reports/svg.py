"""Small writers of SVG that browsers and the PDF engine draw alike."""

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from parkloop.reports.colours import INK

FONT = "'Source Sans Pro','Source Sans 3','Segoe UI',Roboto,'Noto Sans',Arial,sans-serif"
_AVERAGE_WIDTH_EM = 0.5


def num(value: float) -> str:
    """A coordinate with one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def element(name: str, attributes: Mapping[str, object], *children: str) -> str:
    """An element with escaped attributes; `children` are markup already."""
    parts = []
    for key, value in attributes.items():
        shown = num(value) if isinstance(value, float) else str(value)
        parts.append(f" {key}={quoteattr(shown)}")
    inside = "".join(children)
    return f"<{name}{''.join(parts)}>{inside}</{name}>" if inside else f"<{name}{''.join(parts)}/>"


def titled(markup: str, hover: str) -> str:
    """Markup in a group that says `hover` when pointed at."""
    return f"<g><title>{escape(hover)}</title>{markup}</g>"


def words(x: float, y: float, content: str, style: Mapping[str, object] | None = None) -> str:
    """A line of text at (x, y); `style` overrides size, anchor, weight and fill."""
    attributes: dict[str, object] = {"x": float(x), "y": float(y), "font-size": 13, "fill": INK}
    attributes.update(style or {})
    return element("text", attributes, escape(content))


def haloed(x: float, y: float, content: str, style: Mapping[str, object]) -> str:
    """A line of text that stays readable on lines and fills behind it."""
    halo = {"stroke": "#ffffff", "stroke-width": 3, "stroke-opacity": "0.85", "stroke-linejoin": "round"}
    return words(x, y, content, {**style, **halo, "paint-order": "stroke"})


def width_of(content: str, size: float) -> float:
    """Roughly how wide a line of text is at `size` px [px]."""
    return len(content) * size * _AVERAGE_WIDTH_EM


def fitted(content: str, room: float, size: float) -> str:
    """The text shortened with an ellipsis to `room` [px]."""
    longest = max(1, int(room / (size * _AVERAGE_WIDTH_EM)))
    return content if len(content) <= longest else content[: max(1, longest - 1)].rstrip() + "…"


def drawing(width: float, height: float, body: str, alt: str) -> str:
    """A whole drawing with the sentence that stands in for it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {num(width)} {num(height)}" '
        f'width="{num(width)}" height="{num(height)}" role="img" aria-label={quoteattr(alt)} '
        f'font-family="{FONT}">{body}</svg>'
    )
