"""Read the Hotmaps industrial sites (modelled excess heat by temperature band) into the ledger."""

import polars as pl

from parkloop import reference
from parkloop.intake.registers import Incoming, gathered, lay_over
from parkloop.intake.registers_frames import ROW, FrameTroubleError, Table, far_from_the_rest, read_table
from parkloop.model import (
    Amount,
    Direction,
    Family,
    Flow,
    Intake,
    Issue,
    Ledger,
    Organisation,
    Origin,
    OriginKind,
    Park,
    Participant,
    Period,
    Place,
    Product,
    Quality,
    Severity,
    SourceClass,
    Visibility,
    Where,
)
from parkloop.texts import LANGUAGES, text
from parkloop.units import convert

REGISTER = "Hotmaps industrial sites"
YEAR = 2014
_TEXTS = ("SiteID", "CompanyName", "SiteName", "Address", "CityCode", "City", "Country", "Subsector")
_KEPT = ("DataSource", "Emissions_ETS_2014", "Emissions_EPRTR_2014", "Fuel_Demand")
_NEEDED = ("SiteID", "SiteName", "Country", "Subsector", "lon", "lat")
_FAR_DEG = 15.0  # wider than half of any European country; overseas territories are named too
_GIVEN = {
    "parks": ("place",),
    "participants": ("name", "sector", "place", "investor"),
    "products": ("name", "unit", "output", "source_class"),
    "flows": ("amount", "quality"),
}


def read_hotmaps(content: bytes, name: str, into: Ledger) -> Intake:
    """What `into` becomes with the sites of the Hotmaps database: heat given off, output, place.

    Each country is a park of its own (`HOTMAPS-DE`), each site a participant with one outgoing flow of
    waste heat a band, at the lower end of its band [degC]. Heat and output are results of a model: they are
    `inferred`, with the log-normal factor of their family. Heat is taken as GWh a year, which the file does
    not say.

    Parameters
    ----------
    content, name
        A .parquet or .csv file with the columns of the database.
    """
    bands = reference.heat_bands()
    numbers = ("Production", "lon", "lat", *(band.id for band in bands))
    wanted: dict[str, pl.DataType] = {column: pl.String() for column in (*_TEXTS, *_KEPT)}
    wanted |= {column: pl.Float64() for column in numbers}
    try:
        table = read_table(content, name, wanted, (*_NEEDED, *(band.id for band in bands)))
    except FrameTroubleError as trouble:
        return Intake(into, (), (trouble.issue,))
    issues: list[Issue] = []
    sites = _sites(table, issues)
    incoming = Incoming(name, {k: [] for k in _GIVEN}, _GIVEN, yields=True)
    parks: dict[str, Park] = {}
    for row in sites.iter_rows(named=True):
        park = parks.setdefault(row["park"], _park(row, into))
        _site(incoming, row, park)
        _product(incoming, row, table)
        for band in bands:
            _heat(incoming, row, band, table)
    incoming.records["parks"] = list(parks.values())
    heat = len(incoming.records["flows"])
    arguments: dict[str, str | float | int] = {"sites": sites.height, "flows": heat, "year": YEAR}
    issues.append(Issue("intake.register.heat_unit", Severity.INFO, Where(name), arguments))
    ledger, changes = lay_over(into, incoming)
    return Intake(ledger, changes, tuple(issues))


def _sites(table: Table, issues: list[Issue]) -> pl.DataFrame:
    """One row a site with `park` and `located`, and what is wrong with them put down."""
    frame, where = table.frame, Where(table.file)
    named = frame.filter(pl.col("SiteID").is_not_null()).unique("SiteID", keep="first", maintain_order=True)
    countries = [reference.register_country(c or "") for c in named["Country"]]
    codes = [
        f"HOTMAPS-{found.id if found else (written or 'XX').replace('/', '-')}"
        for found, written in zip(countries, named["Country"], strict=True)
    ]
    located = pl.col("lat").is_between(-90, 90) & pl.col("lon").is_between(-180, 180)
    named = named.with_columns(
        park=pl.Series(codes, dtype=pl.String),
        located=located.fill_null(value=False),
        far=far_from_the_rest(named.rename({"lon": "Longitude", "lat": "Latitude"}), "Country", _FAR_DEG),
        foreign=pl.Series([found is None for found in countries], dtype=pl.Boolean),
        unsorted=pl.Series([s not in reference.subsectors() for s in named["Subsector"]], dtype=pl.Boolean),
    )
    heats = [band.id for band in reference.heat_bands()]
    negative = pl.any_horizontal(pl.col(heat) < 0 for heat in heats)
    checks = (
        ("intake.register.no_id", Severity.ERROR, frame.filter(pl.col("SiteID").is_null())[ROW]),
        ("intake.register.rows_merged", Severity.INFO,
         frame.filter(pl.col("SiteID").is_duplicated() & pl.col("SiteID").is_not_null())["SiteID"].unique()),
        ("intake.register.place_missing", Severity.WARNING, named.filter(~pl.col("located"))["SiteID"]),
        ("intake.register.place_far", Severity.WARNING, named.filter("far")["SiteID"]),
        ("intake.register.country_unknown", Severity.WARNING, named.filter("foreign")["SiteID"]),
        ("intake.register.subsector_unknown", Severity.WARNING, named.filter("unsorted")["SiteID"]),
        ("intake.register.heat_negative", Severity.ERROR, named.filter(negative)["SiteID"]),
        ("intake.register.heat_none", Severity.INFO,
         named.filter(pl.sum_horizontal(heats).fill_null(0) <= 0)["SiteID"]),
    )  # fmt: skip
    issues += [
        gathered(code, severity, where, ids.sort().to_list()) for code, severity, ids in checks if ids.len()
    ]
    return named


def _park(row: dict[str, object], into: Ledger) -> Park:
    country = reference.register_country(str(row["Country"] or ""))
    names = {
        "en": country.name_en if country else str(row["Country"]),
        "vi": country.name_vi if country else str(row["Country"]),
    }
    return Park(
        str(row["park"]),
        into.programme.id,
        text("intake.register.hotmaps_park", "en", country=names["en"]),
        text("intake.register.hotmaps_park", "vi", country=names["vi"]),
        Place(country=country.id if country else ""),
        note=" | ".join(text("intake.register.hotmaps_credit", lang) for lang in LANGUAGES),
    )


def _site_id(row: dict[str, object]) -> str:
    return f"HOTMAPS-{row['SiteID']}".replace("/", "-")


def _site(incoming: Incoming, row: dict[str, object], park: Park) -> None:
    person_id = _site_id(row)
    subsector = reference.subsectors().get(str(row["Subsector"]))
    city = " ".join(str(row[key]) for key in ("CityCode", "City") if row[key])
    lat, lon = (row["lat"], row["lon"]) if row["located"] else (None, None)
    place = Place(
        lat if isinstance(lat, float) else None,
        lon if isinstance(lon, float) else None,
        address=", ".join(part for part in (str(row["Address"] or ""), city) if part),
        country=park.place.country,
    )
    incoming.records["participants"].append(
        Participant(
            person_id, park.id, str(row["SiteName"] or row["SiteID"]),
            sector=subsector.sector if subsector else "", place=place,
            investor=Organisation(str(row["CompanyName"])) if row["CompanyName"] else None,
            visibility=Visibility.PUBLIC,
        )
    )  # fmt: skip
    incoming.cells[f"participant/{person_id}"] = ("", f"row {row[ROW]}")
    kept = {key: str(row[key]) for key in _KEPT if row[key]}
    if kept:
        incoming.extras[f"participant/{person_id}"] = kept


def _product(incoming: Incoming, row: dict[str, object], table: Table) -> None:
    output = row["Production"]
    if not isinstance(output, float) or not output >= 0:
        return
    subsector = reference.subsectors().get(str(row["Subsector"]))
    product_id = f"{_site_id(row)}-{YEAR}"
    name = subsector.product_en if subsector else str(row["Subsector"])
    incoming.records["products"].append(
        Product(product_id, _site_id(row), name, "t", YEAR, output=output, source_class=SourceClass.INFERRED)
    )
    incoming.origins[f"product/{product_id}/output"] = _origin(row, table, "Production", f"{output:.10g} t")


def _heat(incoming: Incoming, row: dict[str, object], band: reference.HeatBand, table: Table) -> None:
    typed = row[band.id]
    if not isinstance(typed, float) or not typed > 0:
        return
    heat_kwh = convert(typed, "GWh", "kWh")
    factor = reference.inferred_factor(Family.HEAT)
    flow_id = f"{_site_id(row)}-{YEAR}-heat-{band.temperature_c:.0f}"
    amount = Amount(
        heat_kwh, "kWh", typed, "GWh", SourceClass.INFERRED, low=heat_kwh / factor, high=heat_kwh * factor
    )
    incoming.records["flows"].append(
        Flow(
            flow_id, _site_id(row), Direction.OUT, "waste_heat", amount, Period.year(YEAR), label=band.label,
            quality=Quality(temperature_c=band.temperature_c),
        )
    )  # fmt: skip
    incoming.cells[f"flow/{flow_id}"] = ("", f"row {row[ROW]}")
    incoming.origins[f"flow/{flow_id}/amount"] = _origin(row, table, band.id, f"{typed:.10g}")


def _origin(row: dict[str, object], table: Table, column: str, typed: str) -> Origin:
    return Origin(
        OriginKind.REGISTER, table.file, table.file_hash, "", f"row {row[ROW]} {column}", REGISTER,
        "hotmaps_sites", typed=typed,
    )  # fmt: skip
