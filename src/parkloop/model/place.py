"""Where things are."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """A location: WGS84 degrees where known, else the lot number within the park."""

    lat: float | None = None
    lon: float | None = None
    lot: str = ""
    address: str = ""
    province: str = ""
    country: str = ""

    def __post_init__(self) -> None:
        if self.lat is not None and not -90 <= self.lat <= 90:
            raise ValueError(f"latitude {self.lat} lies outside -90..90; check the order of lat and lon")
        if self.lon is not None and not -180 <= self.lon <= 180:
            raise ValueError(f"longitude {self.lon} lies outside -180..180")

    @property
    def located(self) -> bool:
        """Whether both coordinates are known."""
        return self.lat is not None and self.lon is not None


@dataclass(frozen=True, slots=True)
class Geometry:
    """A lot, pipe, road or boundary of a park as GeoJSON geometry in WGS84.

    `kind` is `boundary | lot | pipe | road | building | other`; `subject` is the participant or resource the
    shape belongs to, where known.
    """

    id: str
    park_id: str
    kind: str
    shape: str
    coordinates: object
    name: str = ""
    subject: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
