"""Programmes, parks and those who take part."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from parkloop.model.place import Place
from parkloop.model.value import SourceClass, Visibility


@dataclass(frozen=True, slots=True)
class Registration:
    """A number issued by an authority: business registration, licence or certificate."""

    number: str = ""
    issuer: str = ""
    first_issued: date | None = None
    last_amended: date | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A legal person: park operator or investor. Personal data of representatives are never kept."""

    name: str
    kind: str = "organisation"
    registration: Registration = Registration()
    tax_code: str = ""
    legal_form: str = ""
    address: str = ""
    head_office_address: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class LandUse:
    """Area of one class of land: `industrial | green | transport | technical_infrastructure |
    social_infrastructure | service | water | other`."""

    land_class: str
    area_ha: float
    year: int | None = None
    source_class: SourceClass = SourceClass.ESTIMATED


@dataclass(frozen=True, slots=True)
class Programme:
    """A support programme over several parks."""

    id: str
    name_en: str
    name_vi: str
    currency: str = "VND"
    country: str = "VN"
    baseline_year: int | None = None
    note: str = ""
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class Park:
    """One industrial park.

    `frameworks` are ids of the frameworks it is judged by; `phase` is `operating | new | planned`.
    """

    id: str
    programme_id: str
    name_en: str
    name_vi: str
    place: Place = Place()
    operator: Organisation | None = None
    investment_certificate: Registration = Registration()
    established: date | None = None
    land_use: tuple[LandUse, ...] = ()
    leased_fraction: float | None = None
    receiving_water: str = ""
    frameworks: tuple[str, ...] = ()
    phase: str = "operating"
    worker_housing: str = ""
    public_services: str = ""
    note: str = ""

    @property
    def area_ha(self) -> float:
        """Total land [ha]: the sum of its classes."""
        return sum(item.area_ha for item in self.land_use)

    def name(self, lang: str) -> str:
        """The name in `lang`."""
        return self.name_vi if lang == "vi" else self.name_en


class ParticipantKind(StrEnum):
    """What a participant is."""

    ENTERPRISE = "enterprise"
    UTILITY = "utility"
    CITY = "city"
    CONTRACTOR = "contractor"


@dataclass(frozen=True, slots=True)
class Participant:
    """Who gives, takes, saves or treats.

    Attributes
    ----------
    sector
        Sector code with its scheme in front: `vsic:1313`, `isic:1313`, `nace:13.30`.
    utility_kind
        For utilities: `wastewater_plant | steam_plant | water_works | substation | waste_yard | other`.
    hours_per_a
        Operating hours [h/a].
    in_operation
        False while under construction or closed.
    """

    id: str
    park_id: str
    name: str
    kind: ParticipantKind = ParticipantKind.ENTERPRISE
    sector: str = ""
    utility_kind: str = ""
    place: Place = Place()
    employees: int | None = None
    employees_women: int | None = None
    hours_per_a: float | None = None
    registration: Registration = Registration()
    investor: Organisation | None = None
    project_name: str = ""
    investment_certificate: Registration = Registration()
    contact_role: str = ""
    visibility: Visibility = Visibility.PROGRAMME
    in_operation: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """What a participant makes in a year; `unit` is the participant's own (t, m2, hL, piece, ...)."""

    id: str
    participant_id: str
    name: str
    unit: str
    year: int
    output: float | None = None
    capacity: float | None = None
    revenue: float | None = None
    revenue_currency: str = ""
    resource_id: str = ""
    source_class: SourceClass = SourceClass.ESTIMATED


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A body with a say in the park, for the stakeholder map; interest and influence 1 (low) to 5 (high)."""

    id: str
    park_id: str
    name: str
    role: str = ""
    interest: int | None = None
    influence: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """A rule or policy scored in the policy-gap review: 0 absent, 1 draft, 2 in force, 3 enforced."""

    id: str
    programme_id: str
    topic: str
    title: str
    score: int | None = None
    gap: str = ""


@dataclass(frozen=True, slots=True)
class ParkScreening:
    """One statement of the park selection: score 1 (quite wrong) to 6 (quite true), with its weight [-]."""

    id: str
    park_id: str
    criterion: str
    score: int
    weight: float = 1.0
