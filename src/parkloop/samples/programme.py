"""Four fictional parks, 37 enterprises, with troubles put in on purpose. Sample data."""

import tomllib
from dataclasses import replace
from datetime import date
from importlib.resources import files
from random import Random
from typing import Any

from parkloop.model import (
    Activity,
    Answer,
    Geometry,
    Inspection,
    Ledger,
    Park,
    ParkScreening,
    Permit,
    Policy,
    Programme,
    Solution,
    Stakeholder,
    Target,
)
from parkloop.samples.enterprise import Records, archetypes, enterprise
from parkloop.samples.names import company_names
from parkloop.samples.park import answers, inspections, lots, park, permits, utilities
from parkloop.samples.solutions import known_exchanges, known_measures
from parkloop.samples.troubles import trouble

__all__ = ["YEAR", "make_programme"]

YEAR = 2025
SEED = 35
PROGRAMME = Programme(
    "SAMPLE",
    "Sample programme (fictional parks)",
    "Chương trình mẫu (khu công nghiệp giả định)",
    "VND",
    "VN",
    YEAR,
    "Sample data: every park, company and figure is made up.",
    is_sample=True,
)


def make_programme(seed: int = SEED) -> Ledger:
    """The whole sample ledger; the same seed gives the same ledger."""
    rows = tomllib.loads((files(__package__) / "parks.toml").read_text("utf-8"))["park"]
    kinds = [kind for row in rows for kind in row["enterprises"]]
    names = iter(company_names(kinds, {k: v["name"] for k, v in archetypes().items()}, seed))
    merged = Records()
    parks: list[Park] = []
    geometries: list[Geometry] = []
    permit_list: list[Permit] = []
    inspection_list: list[Inspection] = []
    answer_list: list[Answer] = []
    solutions: list[Solution] = []
    for row in rows:
        parks.append(park(row, PROGRAMME.id))
        records, shapes = _members(row, names, seed)
        geometries += shapes
        permit_list += permits(records)
        inspection_list += inspections(row["id"], Random(f"{seed}/{row['id']}/inspections"))
        answer_list += answers(row, records.participants, (YEAR - 2, YEAR), seed)
        solutions += known_measures(records, YEAR, seed) + known_exchanges(records, YEAR)
        merged.participants += records.participants
        merged.products += records.products
        merged.flows += records.flows
        merged.bills += records.bills
        merged.equipment += records.equipment
    ledger = Ledger(
        PROGRAMME,
        tuple(parks),
        tuple(merged.participants),
        tuple(merged.products),
        tuple(merged.flows),
        tuple(merged.bills),
        tuple(merged.equipment),
        answers=tuple(answer_list),
        solutions=tuple(solutions),
        geometries=tuple(geometries),
        permits=tuple(permit_list),
        inspections=tuple(inspection_list),
    )
    return trouble(_programme_records(ledger))


def _members(row: dict[str, Any], names: Any, seed: int) -> tuple[Records, tuple[Geometry, ...]]:
    kinds = row["enterprises"]
    places, shapes = lots(row, len(kinds) + 2)
    records = Records()
    for n, kind in enumerate(kinds):
        one = enterprise((row["id"], f"{row['id']}-{n + 1:02d}", next(names)), kind, places[n], YEAR, seed)
        records.participants += one.participants
        records.products += one.products
        records.flows += one.flows
        records.bills += one.bills
        records.equipment += one.equipment
    utilities(row, records, places, YEAR)
    return records, shapes


def _programme_records(ledger: Ledger) -> Ledger:
    """Targets, trainings, stakeholders, policies and the screening of parks."""
    targets = [
        Target(f"T-{key}-{YEAR + 1}", "SAMPLE", key, YEAR + 1, value, unit)
        for key, value, unit in (
            ("electricity_kwh", 6.0e6, "kWh"),
            ("water_m3", 250e3, "m3"),
            ("saving_usd", 1.5e6, "USD"),
            ("ghg_t", 9000.0, "tCO2e"),
        )
    ]
    activities, stakeholders, screenings = [], [], []
    for park_ in ledger.parks:
        draw = Random(f"{park_.id}/people")
        activities.append(
            Activity(
                f"HD-{park_.id}-1",
                park_.id,
                "training",
                "Tập huấn RECP cho doanh nghiệp",
                date(YEAR, 4, 16),
                draw.randint(12, 24),
                draw.randint(10, 22),
            )
        )
        activities.append(
            Activity(
                f"HD-{park_.id}-2",
                park_.id,
                "symbiosis_support",
                "Hội thảo kết nối cộng sinh",
                date(YEAR, 8, 21),
                draw.randint(14, 30),
                draw.randint(8, 20),
            )
        )
        for name, role, interest, influence in (
            ("Ban quản lý các khu công nghiệp", "regulator", 4, 5),
            ("Chủ đầu tư hạ tầng", "operator", 5, 5),
            ("Ủy ban nhân dân xã", "community", 3, 2),
            ("Hiệp hội doanh nghiệp", "tenants", 4, 3),
        ):
            stakeholders.append(
                Stakeholder(f"BLQ-{park_.id}-{role}", park_.id, name, role, interest, influence)
            )
        for criterion in ("management_entity", "willingness", "enough_enterprises", "data_available"):
            screenings.append(
                ParkScreening(f"SL-{park_.id}-{criterion}", park_.id, criterion, draw.randint(4, 6))
            )
    policies = (
        Policy("CS-1", "SAMPLE", "symbiosis", "Quy định về cộng sinh công nghiệp", 2),
        Policy(
            "CS-2",
            "SAMPLE",
            "water_reuse",
            "Tiêu chuẩn tái sử dụng nước thải sau xử lý",
            1,
            "Chưa có quy chuẩn riêng",
        ),
        Policy(
            "CS-3",
            "SAMPLE",
            "by_products",
            "Tiêu chí phân định chất thải và sản phẩm phụ",
            1,
            "Thủ tục chưa rõ",
        ),
    )
    return replace(
        ledger,
        targets=tuple(targets),
        activities=tuple(activities),
        stakeholders=tuple(stakeholders),
        screenings=tuple(screenings),
        policies=policies,
    )
