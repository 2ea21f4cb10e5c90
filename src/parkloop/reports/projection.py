"""From degrees to a drawing: north up, one scale both ways."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parkloop.model import Geometry

KM_PER_DEGREE = 111.195  # mean Earth radius 6371.0 km (IUGG) times pi / 180

LonLat = tuple[float, float]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A plane picture of a small area; `px_per_km` its scale, (west, north) its upper left corner."""

    west: float
    north: float
    px_per_km: float
    shrink: float
    left: float
    top: float
    width: float
    height: float

    def at(self, lon: float, lat: float) -> Point:
        """Where a place lies in the drawing [px]."""
        x = (lon - self.west) * KM_PER_DEGREE * self.shrink * self.px_per_km
        y = (self.north - lat) * KM_PER_DEGREE * self.px_per_km
        return self.left + x, self.top + y


def frame_for(places: Sequence[LonLat], room: tuple[float, float], margin: float) -> Frame:
    """A frame that holds all places in `room` (width, most height) [px] with a margin around."""
    lons, lats = [lon for lon, _ in places], [lat for _, lat in places]
    shrink = math.cos(math.radians((min(lats) + max(lats)) / 2))
    wide = max((max(lons) - min(lons)) * KM_PER_DEGREE * shrink, 0.2)
    tall = max((max(lats) - min(lats)) * KM_PER_DEGREE, 0.2)
    inner = (room[0] - 2 * margin, room[1] - 2 * margin)
    scale = min(inner[0] / wide, inner[1] / tall)
    used = tall * scale
    left = margin + (inner[0] - (max(lons) - min(lons)) * KM_PER_DEGREE * shrink * scale) / 2
    return Frame(min(lons), max(lats), scale, shrink, left, margin, room[0], used + 2 * margin)


def rings(geometry: Geometry) -> tuple[tuple[LonLat, ...], ...]:
    """The lines of a GeoJSON shape: outer and inner rings, or line parts; malformed points are left out."""
    found: list[tuple[LonLat, ...]] = []
    _collect(geometry.coordinates, found)
    return tuple(found)


def _collect(part: object, into: list[tuple[LonLat, ...]]) -> None:
    if not isinstance(part, Sequence) or isinstance(part, str) or not part:
        return
    if all(_is_position(item) for item in part):
        into.append(tuple((float(item[0]), float(item[1])) for item in part))
    elif _is_position(part):
        into.append(((float(part[0]), float(part[1])),))
    else:
        for item in part:
            _collect(item, into)


def _is_position(item: object) -> bool:
    return (
        isinstance(item, Sequence)
        and not isinstance(item, str)
        and len(item) >= 2
        and all(isinstance(number, int | float) for number in item[:2])
    )


def middle(points: Iterable[LonLat]) -> LonLat:
    """The centre of the box around some points."""
    found = tuple(points)
    lons, lats = [p[0] for p in found], [p[1] for p in found]
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2


def round_length(km: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not longer than `km`.

    Examples
    --------
    >>> round_length(0.74)
    0.5
    """
    power = 10.0 ** math.floor(math.log10(km))
    return max(step * power for step in (1, 2, 5) if step * power <= km * (1 + 1e-9))
