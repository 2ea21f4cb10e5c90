"""Read the European pollutant register (E-PRTR, EEA Industrial Reporting) into the ledger."""

from pathlib import Path

import polars as pl

from parkloop import reference
from parkloop.intake.eprtr_flows import FLOW_FIELDS, REGISTER, Flows, streams_of
from parkloop.intake.registers import Incoming, gathered, lay_over
from parkloop.intake.registers_frames import (
    ROW,
    FrameTroubleError,
    Table,
    far_from_the_rest,
    open_frame,
    read_table,
)
from parkloop.model import (
    Intake,
    Issue,
    Ledger,
    Origin,
    OriginKind,
    Park,
    Participant,
    ParticipantKind,
    Place,
    Severity,
    Visibility,
    Where,
)
from parkloop.texts import LANGUAGES, text

_FACILITIES = {
    "FacilityInspireId": pl.String(),
    "facilityName": pl.String(),
    "city": pl.String(),
    "countryName": pl.String(),
    "EPRTRAnnexIMainActivity": pl.String(),
    "Longitude": pl.Float64(),
    "Latitude": pl.Float64(),
}
_TRANSFERS = {
    "FacilityInspireId": pl.String(),
    "reportingYear": pl.Int64(),
    "wasteTreatment": pl.String(),
    "wasteClassification": pl.String(),
    "wasteTransfers": pl.Float64(),
}
_NEEDED = ("FacilityInspireId", "facilityName", "countryName")
_NOT_TAKEN = ("air_releases", "pollutant_transfers")
_ENDINGS = (".parquet", ".csv")
_FAR_DEG = 15.0  # wider than half of any European country, narrower than a slip of the decimal point
_GIVEN = {
    "parks": ("place",),
    "participants": ("name", "kind", "sector", "utility_kind", "place"),
    "flows": FLOW_FIELDS,
}


def read_eprtr(folder: Path, into: Ledger) -> Intake:
    """What `into` becomes with the facilities and waste transfers of the register in `folder`.

    Each country is a park of its own (`EPRTR-SE`), each facility a participant. The register names neither
    waste codes nor receivers: each reported total is put down as likely streams of its activity
    (`inferred`, with low and high), which add up to the total; `Recovery` counts as recycled, so that no
    avoided disposal is claimed, `Disposal` has an unknown fate.

    Parameters
    ----------
    folder
        Holds `facilities` and `waste_transfers` as .parquet or .csv; releases to air and pollutants sent to
        wastewater plants are named, not taken.
    """
    try:
        facilities = _table(folder, "facilities", _FACILITIES, _NEEDED)
        transfers = _table(folder, "waste_transfers", _TRANSFERS, tuple(_TRANSFERS))
    except FrameTroubleError as trouble:
        return Intake(into, (), (trouble.issue,))
    issues: list[Issue] = []
    known = _known(facilities, issues)
    incoming = Incoming(folder.name, given=_GIVEN, yields=True)
    _facilities(incoming, known, facilities, into)
    flows = streams_of(transfers, known, issues)
    _flows(incoming, flows)
    issues += _said(folder, known, flows)
    ledger, changes = lay_over(into, incoming)
    return Intake(ledger, changes, tuple(issues))


def _table(folder: Path, stem: str, wanted: dict[str, pl.DataType], needed: tuple[str, ...]) -> Table:
    path = _file(folder, stem)
    if path is None:
        arguments = {"folder": folder.name, "table": stem}
        raise FrameTroubleError(
            Issue("intake.register.file_missing", Severity.BLOCKING, Where(folder.name), arguments)
        )
    return read_table(path.read_bytes(), path.name, wanted, needed)


def _file(folder: Path, stem: str) -> Path | None:
    """The file of a table: its exact name first, else one that starts with it, as national extracts do."""
    if not folder.is_dir():
        return None
    found = sorted(p for p in folder.iterdir() if p.name.startswith(stem) and p.suffix in _ENDINGS)
    exact = [path for path in found if path.stem == stem]
    return next(iter(exact or found), None)


def _known(table: Table, issues: list[Issue]) -> pl.DataFrame:
    """One row a facility, its trouble put down; adds `id` (without the slash of figure ids) and `park`."""
    where, frame = Where(table.file), table.frame
    nameless = frame.filter(pl.col("FacilityInspireId").is_null())
    if nameless.height:
        rows = nameless[ROW].to_list()
        issues.append(gathered("intake.register.no_id", Severity.ERROR, where, rows))
    frame = frame.filter(pl.col("FacilityInspireId").is_not_null())
    repeated = frame.filter(pl.col("FacilityInspireId").is_duplicated())["FacilityInspireId"].unique()
    if repeated.len():
        issues.append(
            gathered("intake.register.rows_merged", Severity.INFO, where, sorted(repeated.to_list()))
        )
    first = [pl.col(name).drop_nulls().first() for name in frame.columns if name != "FacilityInspireId"]
    frame = frame.group_by("FacilityInspireId", maintain_order=True).agg(first)
    frame = frame.with_columns(
        id=pl.col("FacilityInspireId").str.replace_all("/", "-", literal=True),
        park=_parks(frame),
        located=pl.col("Latitude").is_between(-90, 90) & pl.col("Longitude").is_between(-180, 180),
    )
    _trouble(frame, where, issues)
    return frame


def _parks(frame: pl.DataFrame) -> pl.Series:
    found = []
    for name in frame["countryName"].fill_null(""):
        country = reference.register_country(name)
        found.append(f"EPRTR-{country.id if country else name.strip().replace('/', '-') or 'XX'}")
    return pl.Series("park", found, pl.String)


def _trouble(frame: pl.DataFrame, where: Where, issues: list[Issue]) -> None:
    known = [reference.register_activity(code or "") for code in frame["EPRTRAnnexIMainActivity"]]
    frame = frame.with_columns(
        unknown=pl.Series([a is None for a in known], dtype=pl.Boolean),
        far=far_from_the_rest(frame, "countryName", _FAR_DEG),
        twice=pl.struct("facilityName", "Latitude", "Longitude").is_duplicated(),
        foreign=pl.Series([reference.register_country(c or "") is None for c in frame["countryName"]]),
    )
    blank = pl.col("EPRTRAnnexIMainActivity").is_null()
    checks = (
        ("intake.register.activity_missing", Severity.WARNING, blank),
        ("intake.register.activity_unknown", Severity.WARNING, pl.col("unknown") & ~blank),
        ("intake.register.place_missing", Severity.WARNING, ~pl.col("located").fill_null(value=False)),
        ("intake.register.place_far", Severity.WARNING, pl.col("far")),
        ("intake.register.country_unknown", Severity.WARNING, pl.col("foreign")),
        ("intake.register.same_place", Severity.INFO, pl.col("twice") & pl.col("located")),
    )
    for code, severity, condition in checks:
        ids = frame.filter(condition)["id"].to_list()
        if ids:
            issues.append(gathered(code, severity, where, ids))


def _facilities(incoming: Incoming, known: pl.DataFrame, table: Table, into: Ledger) -> None:
    parks: dict[str, Park] = {}
    people: list[Participant] = []
    columns = (
        "FacilityInspireId", "facilityName", "city", "countryName", "EPRTRAnnexIMainActivity", "Longitude",
        "Latitude", ROW, "id", "park", "located",
    )  # fmt: skip
    for register_id, name, city, country, code, lon, lat, row, person_id, park_id, located in known.select(
        columns
    ).iter_rows():
        if park_id not in parks:
            parks[park_id] = _park(park_id, country or "", into)
        activity = reference.register_activity(code or "")
        kind = activity.utility_kind if activity else ""
        place = Place(
            lat=lat if located else None, lon=lon if located else None,
            address=" ".join((city or "").split()), country=parks[park_id].place.country,
        )  # fmt: skip
        people.append(
            Participant(
                person_id, park_id, name or register_id,
                kind=ParticipantKind.UTILITY if kind else ParticipantKind.ENTERPRISE,
                sector=activity.sector if activity else "", utility_kind=kind, place=place,
                visibility=Visibility.PUBLIC,
            )
        )  # fmt: skip
        cell = f"row {row}"
        typed = {"name": name or "", "sector": code or "", "place": f"{lat} {lon}" if located else ""}
        for figure, words in typed.items():
            incoming.origins[f"participant/{person_id}/{figure}"] = Origin(
                OriginKind.REGISTER, table.file, table.file_hash, "facilities", cell, REGISTER, register_id,
                typed=words,
            )  # fmt: skip
        incoming.cells[f"participant/{person_id}"] = ("facilities", cell)
    incoming.records["parks"] = list(parks.values())
    incoming.records["participants"] = people


def _park(park_id: str, written: str, into: Ledger) -> Park:
    country = reference.register_country(written)
    return Park(
        park_id,
        into.programme.id,
        text("intake.register.eprtr_park", "en", country=country.name_en if country else written),
        text("intake.register.eprtr_park", "vi", country=country.name_vi if country else written),
        Place(country=country.id if country else ""),
        note=" | ".join(text("intake.register.eprtr_credit", lang) for lang in LANGUAGES),
    )


def _flows(incoming: Incoming, flows: Flows) -> None:
    incoming.records["flows"] = flows.records
    incoming.origins.update(flows.origins)
    incoming.cells.update(flows.cells)


def _said(folder: Path, known: pl.DataFrame, flows: Flows) -> list[Issue]:
    """What a reader of the figures has to know about this register."""
    counts: dict[str, str | float | int] = {}
    counts |= {"facilities": known.height, "transfers": flows.transfers, "flows": len(flows.records)}
    found = [Issue("intake.register.eprtr_lacks", Severity.INFO, Where(folder.name), counts)]
    for stem in _NOT_TAKEN:
        path = _file(folder, stem)
        if path is None:
            continue
        try:
            rows = open_frame(path.read_bytes(), path.name).height
        except FrameTroubleError:
            continue
        size: dict[str, str | float | int] = {"table": path.name, "rows": rows}
        found.append(Issue("intake.register.not_taken", Severity.INFO, Where(path.name), size))
    return found
