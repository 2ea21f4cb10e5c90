"""The uses of resources: who can use what another gives off, in place of what, under which conditions.

Tables lie beside this module in `uses/`; one row is one use, step, rate, stream, rule or legal form.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from parkloop.model import Confidence, Direction, ExchangeKind, Range, TreatmentStep


@dataclass(frozen=True, slots=True)
class Treatment:
    """One treatment step as the table gives it, per canonical unit [t, m3 or kWh] that enters it.

    Attributes
    ----------
    step
        What travels with an exchange; its cost is without electricity, which is a flow of its own.
    yield_fraction
        What is left of the input [-].
    capex_per_unit_a
        Investment per yearly unit of capacity [money/(unit/a)] in `step.currency` of `price_year`.
    reject_resource_id, reject_fate
        What the lost part becomes; empty where it evaporates or stays in the product.
    """

    id: str
    unit: str
    step: TreatmentStep
    yield_fraction: Range
    capex_per_unit_a: Range
    price_year: int
    reject_resource_id: str
    reject_fate: str
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Use:
    """One resource put to one use in place of another.

    Attributes
    ----------
    ratio_basis, displacement_ratio
        `unit`: canonical units of the displaced resource per unit of treated output [-]; `energy`: energy of
        the displaced resource per energy of the treated output [-], made units by the calorific values.
    cap_fraction
        Largest share of the receiver's input of the displaced resource that it can replace [-].
    receiver_sectors
        ISIC Rev. 4 prefixes of receivers; empty means any.
    receiver_kinds
        Kinds of participant that can receive.
    min_temperature_c, max_temperature_c, dt_min_k
        Window of the donor's temperature [degC] and smallest difference above the receiver's need [K].
    min_pressure_bar, max_moisture_fraction
        Lowest pressure [bar] and largest moisture [-] at the donor.
    limits_mg_l, limits_fraction
        Largest concentration [mg/L] or mass fraction [-] by parameter, before treatment.
    treatment
        Ids of treatment steps in order.
    max_distance_km
        By road or along the pipe.
    min_amount
        Smallest yearly amount worth the trouble [canonical unit/a].
    legal_class_vn, rules_vn, permit_en, permit_vi
        Legal class in Viet Nam (`waste | by_product | scrap | product | ask_authority | prohibited`), ids of
        the rules to read, and what is to be asked for.
    """

    id: str
    resource_id: str
    displaced_resource_id: str
    role_en: str
    role_vi: str
    process_en: str
    process_vi: str
    kind: ExchangeKind
    mode: str
    ratio_basis: str
    displacement_ratio: Range
    cap_fraction: float
    receiver_sectors: tuple[str, ...]
    receiver_kinds: tuple[str, ...]
    min_temperature_c: float | None
    max_temperature_c: float | None
    dt_min_k: float
    min_pressure_bar: float | None
    max_moisture_fraction: float | None
    limits_mg_l: Mapping[str, float]
    limits_fraction: Mapping[str, float]
    treatment: tuple[str, ...]
    max_distance_km: float
    min_amount: float
    hazard_allowed: bool
    legal_class_vn: str
    rules_vn: tuple[str, ...]
    permit_en: str
    permit_vi: str
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Rate:
    """One screening figure with its doubt: a rate, a factor or a convention of the house."""

    id: str
    value: Range
    unit: str
    currency: str
    year: int
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class SectorStream:
    """What a sector typically takes in or gives off per employee and year [canonical unit/(employee a)].

    `factor` is the ratio of the 90 % to the 50 % point of the log-normal spread between enterprises [-].
    """

    id: str
    isic: str
    direction: Direction
    resource_id: str
    per_employee: float
    factor: float
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class LegalRule:
    """A law, decree or regulation that an exchange has to be held against."""

    id: str
    country: str
    title_en: str
    title_vi: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class SymbiosisForm:
    """One form of symbiosis in the law of a country.

    `kind` is an exchange kind or `any`; `partners` is `same_park | other_park | outside`, the last for
    cities and contractors.
    """

    id: str
    country: str
    kind: str
    partners: str
    name_en: str
    name_vi: str
    confidence: Confidence


def _rows(name: str) -> Iterator[dict[str, str]]:
    table = files("parkloop.reference") / "uses" / name
    yield from csv.DictReader(table.read_text("utf-8").splitlines())


def _bare(row_id: str) -> str:
    """The id within its own table; the full one is unique over all reference tables."""
    return row_id.partition(".")[2]


def _number(text: str) -> float | None:
    return float(text) if text else None


def _list(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


def _limits(text: str) -> Mapping[str, float]:
    pairs = (part.split("=") for part in _list(text))
    return MappingProxyType({name: float(limit) for name, limit in pairs})


def _value(row: Mapping[str, str]) -> Range:
    return Range(float(row["low"]), float(row["value"]), float(row["high"]))


def _range(row: Mapping[str, str], name: str) -> Range:
    return Range(float(row[f"{name}_low"]), float(row[name]), float(row[f"{name}_high"]))


@cache
def uses() -> tuple[Use, ...]:
    """All uses of resources there are, in the order of the table.

    Units are those of `Use`; every row names its source and confidence.
    """
    return tuple(_use(row) for row in _rows("uses.csv"))


def _use(row: Mapping[str, str]) -> Use:
    return Use(
        id=row["id"],
        resource_id=row["resource_id"],
        displaced_resource_id=row["displaced_resource_id"],
        role_en=row["role_en"],
        role_vi=row["role_vi"],
        process_en=row["process_en"],
        process_vi=row["process_vi"],
        kind=ExchangeKind(row["kind"]),
        mode=row["mode"],
        ratio_basis=row["ratio_basis"],
        displacement_ratio=_value(row),
        cap_fraction=float(row["cap_fraction"]),
        receiver_sectors=_list(row["receiver_sectors"]),
        receiver_kinds=_list(row["receiver_kinds"]),
        min_temperature_c=_number(row["min_temperature_c"]),
        max_temperature_c=_number(row["max_temperature_c"]),
        dt_min_k=_number(row["dt_min_k"]) or 0.0,
        min_pressure_bar=_number(row["min_pressure_bar"]),
        max_moisture_fraction=_number(row["max_moisture_fraction"]),
        limits_mg_l=_limits(row["limits_mg_l"]),
        limits_fraction=_limits(row["limits_fraction"]),
        treatment=_list(row["treatment"]),
        max_distance_km=float(row["max_distance_km"]),
        min_amount=_number(row["min_amount"]) or 0.0,
        hazard_allowed=row["hazard_allowed"] == "yes",
        legal_class_vn=row["legal_class_vn"],
        rules_vn=_list(row["rules_vn"]),
        permit_en=row["permit_en"],
        permit_vi=row["permit_vi"],
        source=row["source"],
        confidence=Confidence(row["confidence"]),
    )


@cache
def treatments() -> Mapping[str, Treatment]:
    """Treatment steps by id: yield [-], electricity [kWh/unit], cost and investment per unit, rejects."""
    return MappingProxyType({_bare(row["id"]): _treatment(row) for row in _rows("treatments.csv")})


def _treatment(row: Mapping[str, str]) -> Treatment:
    share = _range(row, "yield")
    return Treatment(
        id=row["id"],
        unit=row["per"],
        step=TreatmentStep(
            name_en=row["label_en"],
            name_vi=row["label_vi"],
            yield_fraction=share.best,
            electricity_kwh_per_unit=float(row["electricity_kwh_per_unit"]),
            cost_per_unit=_value(row),
            currency=row["currency"],
            reference_id=row["id"],
        ),
        yield_fraction=share,
        capex_per_unit_a=_range(row, "capex_per_unit_a"),
        price_year=int(row["year"]),
        reject_resource_id=row["reject_resource_id"],
        reject_fate=row["reject_fate"],
        source=row["source"],
        confidence=Confidence(row["confidence"]),
    )


@cache
def symbiosis_rates() -> Mapping[str, Rate]:
    """Rates and conventions of screening exchanges by id: road factor [-], haulage, pipes, weights."""
    return MappingProxyType(
        {
            _bare(row["id"]): Rate(
                row["id"],
                _value(row),
                row["unit"],
                row["currency"],
                int(row["year"]),
                row["source"],
                Confidence(row["confidence"]),
            )
            for row in _rows("rates.csv")
        }
    )


@cache
def sector_streams() -> tuple[SectorStream, ...]:
    """What sectors take in and give off per employee [canonical unit/(employee a)]; for screening only."""
    return tuple(
        SectorStream(
            row["id"],
            row["isic"],
            Direction(row["direction"]),
            row["resource_id"],
            float(row["value"]),
            float(row["factor"]),
            row["source"],
            Confidence(row["confidence"]),
        )
        for row in _rows("sector_streams.csv")
    )


@cache
def legal_rules() -> Mapping[str, LegalRule]:
    """Laws and regulations that exchanges are held against, by id."""
    return MappingProxyType(
        {
            row["id"]: LegalRule(
                row["id"], row["country"], row["title_en"], row["title_vi"], Confidence(row["confidence"])
            )
            for row in _rows("legal_rules.csv")
        }
    )


@cache
def symbiosis_forms() -> tuple[SymbiosisForm, ...]:
    """The forms of symbiosis that the law of a country names."""
    return tuple(
        SymbiosisForm(
            row["id"],
            row["country"],
            row["kind"],
            row["partners"],
            row["name_en"],
            row["name_vi"],
            Confidence(row["confidence"]),
        )
        for row in _rows("symbiosis_forms.csv")
    )


@cache
def utility_sectors() -> Mapping[str, str]:
    """Kind of park utility (`wastewater_plant`) to ISIC Rev. 4 class."""
    return MappingProxyType({row["utility_kind"]: row["isic"] for row in _rows("utility_kinds.csv")})
