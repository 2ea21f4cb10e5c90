"""Match every facility of a national register with every other within reach: Sweden and Denmark.

Run with `python benchmarks/match_nordic.py [path to the data folder]`. The register names no resources:
streams are inferred from the activity (flagged, ranges), waste transfers are means of the last five reported
years. The figures printed are seconds and counts; nothing here says that an exchange exists.
"""

import resource
import sys
import time
from pathlib import Path

import polars as pl

from parkloop import reference
from parkloop.model import Direction
from parkloop.symbiosis import (
    PARAMETER_SCHEMA,
    PEOPLE_SCHEMA,
    SIDE_SCHEMA,
    Matches,
    MatchSettings,
    infer_sides,
    match,
)

DATA = Path(__file__).parents[2] / "shared" / "data" / "eprtr_nordic"
REACH_KM = 50.0
EMPLOYEES = 250.0  # facilities above the thresholds of the register are large; a round assumption


def people(data: Path) -> pl.DataFrame:
    """Facilities as participants, `PEOPLE_SCHEMA`; those whose activity has no sector are left out."""
    return (
        pl.read_parquet(data / "facilities.parquet")
        .unique("FacilityInspireId", keep="first", maintain_order=True)
        .select(
            participant="FacilityInspireId",
            park=pl.lit(""),
            kind=pl.lit("enterprise"),
            isic=pl.col("EPRTRAnnexIMainActivity")
            .str.extract(r"^(\d\([a-z]\))")
            .replace_strict(dict(reference.activity_sectors()), default="", return_dtype=pl.String),
            employees=pl.lit(EMPLOYEES),
            lat="Latitude",
            lon="Longitude",
            located=pl.col("Latitude").is_not_null(),
            visibility=pl.lit("public"),
        )
        .filter(pl.col("isic") != "")
        .cast(dict(PEOPLE_SCHEMA))
    )


def registered_wastes(data: Path, crowd: pl.DataFrame) -> pl.DataFrame:
    """Waste transfers as outputs, mean of the last five reported years [t/a], `SIDE_SCHEMA`."""
    wastes = (
        pl.read_parquet(data / "waste_transfers.parquet")
        .filter(pl.col("wasteTransfers") > 0)
        .with_columns(
            resource=pl.col("wasteClassification").replace_strict(
                {"HW": "hazardous_waste", "NONHW": "general_industrial_waste"}, default=None
            ),
            fate=pl.col("wasteTreatment").replace_strict(
                {"Recovery": "recycled", "Disposal": "landfilled"}, default="unknown"
            ),
        )
        .filter(pl.col("resource").is_not_null())
        .sort("reportingYear", descending=True)
        .group_by("FacilityInspireId", "resource", "fate", maintain_order=True)
        .agg(
            amount=pl.col("wasteTransfers").head(5).mean(),
            amount_low=pl.col("wasteTransfers").head(5).min(),
            amount_high=pl.col("wasteTransfers").head(5).max(),
        )
        .rename({"FacilityInspireId": "participant"})
        .join(crowd.drop("employees"), on="participant")
        .with_columns(
            flow=pl.format("{}/{}/{}", "participant", "resource", "fate"),
            hazardous=pl.col("resource") == "hazardous_waste",
            legal_class=pl.lit("waste"),
            profile=pl.lit(""),
            source_class=pl.lit("estimated"),
            currency=pl.lit(""),
            inferred=pl.lit(value=False),
        )
    )
    lacking = [name for name in SIDE_SCHEMA if name not in wastes.columns]
    blank = [pl.lit(None, dtype=SIDE_SCHEMA[name]).alias(name) for name in lacking]
    return wastes.with_columns(blank).select([pl.col(name).cast(kind) for name, kind in SIDE_SCHEMA.items()])


def run(data: Path) -> Matches:
    """Build the frames, match, print seconds and counts."""
    begun = time.perf_counter()
    crowd = people(data)
    resources = reference.resources()
    wastes = registered_wastes(data, crowd)
    offers = pl.concat([wastes, infer_sides(crowd, wastes, Direction.OUT, resources)])
    wants = infer_sides(crowd, crowd.select("participant", resource=pl.lit("")), Direction.IN, resources)
    print(f"facilities {len(crowd)}, outputs {len(offers)}, inputs {len(wants)}")
    print(f"  frames: {time.perf_counter() - begun:.2f} s")
    begun = time.perf_counter()
    settings = MatchSettings(country="SE", max_distance_km=REACH_KM, reach_factor=1.0)
    found = match(offers, wants, pl.DataFrame(schema=PARAMETER_SCHEMA), reference.uses(), resources, settings)
    print(f"  match within {REACH_KM:.0f} km: {time.perf_counter() - begun:.2f} s")
    print(f"  leads {len(found.leads)}, rejected {len(found.rejected)}, candidates {len(found.candidates)}")
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    print(
        found.leads.group_by("use").len().sort("len", descending=True).head(12),
        found.rejected.group_by("reason").len().sort("reason"),
    )
    return found


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not (folder / "facilities.parquet").exists():
        sys.exit(f"no register at {folder}; give the folder with facilities.parquet")
    run(folder)
