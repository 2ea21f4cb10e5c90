"""One fictional park: land, utilities, city, lots, permits, inspections and answers. Sample data."""

from collections.abc import Mapping
from datetime import date
from math import cos, radians
from random import Random
from typing import Any

from parkloop import reference
from parkloop.model import (
    Amount,
    Answer,
    Criterion,
    Direction,
    Fate,
    Flow,
    Geometry,
    Inspection,
    LandUse,
    Organisation,
    Park,
    Participant,
    ParticipantKind,
    Period,
    Permit,
    Place,
    Quality,
    Registration,
    Shape,
    SourceClass,
)
from parkloop.samples.enterprise import Records

__all__ = ["answers", "inspections", "lots", "park", "permits", "utilities"]

LAND_YEAR = 2025


def park(row: Mapping[str, Any], programme_id: str) -> Park:
    """The park record of one row of `parks.toml`."""
    issued = row["established"]
    licence = Registration(
        f"MAU-{row['id']}-0001", "Ủy ban nhân dân tỉnh (dữ liệu mẫu)", issued, date(2021, 6, 30)
    )
    operator = Organisation(
        name=f"Công ty hạ tầng {row['name_vi'].removeprefix('Khu công nghiệp ')}",
        registration=licence,
        tax_code=f"MAU-{row['id']}-TAX",
        legal_form="Công ty cổ phần",
        address=f"{row['name_vi']}, {row['province']}",
        head_office_address=f"{row['name_vi']}, {row['province']}",
        phone="(mẫu)",
        email="mau@example.org",
        website="www.example.org",
    )
    return Park(
        id=row["id"],
        programme_id=programme_id,
        name_en=row["name_en"],
        name_vi=row["name_vi"],
        place=Place(row["lat"], row["lon"], province=row["province"], country="VN"),
        operator=operator,
        investment_certificate=licence,
        established=issued,
        land_use=tuple(LandUse(k, v, LAND_YEAR, SourceClass.METERED) for k, v in row["land"].items()),
        leased_fraction=0.8,
        receiving_water=row["receiving_water"],
        frameworks=("int-eip-v1", "vn-decree-35", "vn-circular-05"),
        worker_housing="Khu lưu trú công nhân 420 phòng, 1.260 chỗ ở (dữ liệu mẫu)",
        public_services="Trạm y tế, nhà trẻ, sân thể thao (dữ liệu mẫu)",
    )


def lots(row: Mapping[str, Any], count: int) -> tuple[tuple[Place, ...], tuple[Geometry, ...]]:
    """Places of `count` lots on a grid of about 260 m, and the shapes of lots, boundary and the sewer."""
    step = 260.0
    north, east = 1 / 111_320, 1 / (111_320 * cos(radians(row["lat"])))
    columns = 4
    places, shapes = [], []
    for n in range(count):
        y, x = (n // columns) * step * north, (n % columns) * step * east
        lat, lon = row["lat"] + y, row["lon"] + x
        dy, dx = 0.43 * step * north, 0.43 * step * east
        places.append(Place(round(lat, 6), round(lon, 6), lot=f"{'ABCDE'[n // columns]}{n % columns + 1}"))
        ring = [
            [lon - dx, lat - dy],
            [lon + dx, lat - dy],
            [lon + dx, lat + dy],
            [lon - dx, lat + dy],
            [lon - dx, lat - dy],
        ]
        shapes.append(
            Geometry(
                f"{row['id']}-lot-{n + 1}",
                row["id"],
                "lot",
                "Polygon",
                [[[round(a, 6), round(b, 6)] for a, b in ring]],
                name=places[-1].lot,
            )
        )
    rows = (count + columns - 1) // columns
    low = (row["lon"] - 0.6 * step * east, row["lat"] - 0.6 * step * north)
    high = (row["lon"] + (columns - 0.4) * step * east, row["lat"] + (rows - 0.4) * step * north)
    ring = [[low[0], low[1]], [high[0], low[1]], [high[0], high[1]], [low[0], high[1]], [low[0], low[1]]]
    shapes.append(
        Geometry(
            f"{row['id']}-boundary",
            row["id"],
            "boundary",
            "Polygon",
            [[[round(a, 6), round(b, 6)] for a, b in ring]],
            name=row["name_en"],
        )
    )
    middle = row["lon"] + 1.5 * step * east
    shapes.append(
        Geometry(
            f"{row['id']}-sewer",
            row["id"],
            "pipe",
            "LineString",
            [[round(middle, 6), round(low[1], 6)], [round(middle, 6), round(high[1], 6)]],
            name="Cống thu gom nước thải",
            subject="wastewater",
        )
    )
    return tuple(places), tuple(shapes)


def utilities(row: Mapping[str, Any], records: Records, places: tuple[Place, ...], year: int) -> None:
    """Add wastewater plant, city and a cement kiln outside the fence, and a steam plant where given."""
    park_id, period = row["id"], Period.year(year)
    resources = reference.resources()

    def member(tail: str, name: str, kind: ParticipantKind, place: Place, **extra: Any) -> str:
        records.participants.append(
            Participant(
                f"{park_id}-{tail}",
                park_id,
                name,
                kind,
                place=place,
                hours_per_a=8760.0,
                employees=None if kind is ParticipantKind.CITY else 25,
                **extra,
            )
        )
        return f"{park_id}-{tail}"

    def flow(owner: str, direction: Direction, resource_id: str, value: float, **extra: Any) -> None:
        unit = resources[resource_id].unit
        records.flows.append(
            Flow(
                f"F-{owner}-{direction.value}-{resource_id}",
                owner,
                direction,
                resource_id,
                Amount(round(value), unit, round(value), unit, SourceClass.METERED),
                period,
                **extra,
            )
        )

    sewage = sum(f.amount.value for f in records.flows if f.resource_id == "wastewater")
    plant = member(
        "WWTP",
        "Trạm xử lý nước thải tập trung (mẫu)",
        ParticipantKind.UTILITY,
        places[-1],
        utility_kind="wastewater_plant",
    )
    inlet = {"cod": 420.0, "bod5": 170.0, "tss": 180.0, "tn": 38.0, "nh4_n": 24.0, "tp": 6.0}
    outlet = {"cod": 46.0, "bod5": 14.0, "tss": 16.0, "tn": 16.0, "nh4_n": 2.4, "tp": 1.6}
    flow(
        plant,
        Direction.IN,
        "wastewater",
        sewage,
        fate=Fate.PURCHASED,
        quality=Quality(31.0, concentrations_mg_l=inlet),
    )
    flow(
        plant,
        Direction.OUT,
        "treated_effluent",
        sewage * 0.985,
        fate=Fate.DISCHARGED,
        quality=Quality(30.0, concentrations_mg_l=outlet, profile="continuous"),
    )
    flow(
        plant,
        Direction.OUT,
        "wastewater_sludge",
        sewage * 0.0012,
        fate=Fate.LANDFILLED,
        price=-1.5e6,
        currency="VND",
    )
    flow(plant, Direction.IN, "electricity", sewage * 0.72, fate=Fate.PURCHASED)
    flow(
        plant, Direction.IN, "coagulant_pac", sewage * 80e-6, fate=Fate.PURCHASED, price=6.5e6, currency="VND"
    )
    near = Place(row["lat"] + 0.035, row["lon"] - 0.03, province=row["province"], country="VN")
    city = member(
        "CITY", f"Khu đô thị gần {row['name_vi'].removesuffix(' (mẫu)')} (mẫu)", ParticipantKind.CITY, near
    )
    flow(city, Direction.OUT, "municipal_waste", 26000, fate=Fate.LANDFILLED, price=-0.45e6, currency="VND")
    flow(
        city,
        Direction.OUT,
        "domestic_wastewater",
        1.9e6,
        fate=Fate.TREATED,
        quality=Quality(28.0, concentrations_mg_l={"cod": 430.0, "bod5": 210.0}),
    )
    flow(city, Direction.IN, "fresh_water", 2.4e6, fate=Fate.PURCHASED, price=11500.0, currency="VND")
    kiln = member(
        "KILN",
        "Nhà máy xi măng ngoài khu (mẫu)",
        ParticipantKind.CONTRACTOR,
        Place(row["lat"] + 0.11, row["lon"] + 0.09),
        sector="vsic:2394",
    )
    flow(kiln, Direction.IN, "clay", 90000, fate=Fate.PURCHASED, price=0.18e6, currency="VND")
    flow(kiln, Direction.IN, "coal_anthracite", 60000, fate=Fate.PURCHASED, price=3.1e6, currency="VND")
    if row["steam_plant"]:
        steam = member(
            "STEAM",
            "Nhà máy hơi sinh khối (mẫu)",
            ParticipantKind.UTILITY,
            places[-2],
            utility_kind="steam_plant",
        )
        flow(steam, Direction.IN, "rice_husk", 30000, fate=Fate.PURCHASED, price=1.2e6, currency="VND")
        flow(
            steam,
            Direction.OUT,
            "steam",
            92000,
            fate=Fate.SOLD,
            price=0.56e6,
            currency="VND",
            quality=Quality(170.0, pressure_bar=8.0, profile="continuous"),
        )


def permits(records: Records) -> tuple[Permit, ...]:
    """One environmental permit for each enterprise and for the plant."""
    return tuple(
        Permit(
            f"GPMT-{m.id}",
            m.id,
            "environmental_permit",
            f"MAU-{m.id}/GPMT",
            "Cơ quan cấp phép (dữ liệu mẫu)",
            date(2022, 1, 15),
            date(2029, 1, 14),
        )
        for m in records.participants
        if m.kind in (ParticipantKind.ENTERPRISE, ParticipantKind.UTILITY)
    )


def inspections(park_id: str, draw: Random) -> tuple[Inspection, ...]:
    """Three years of inspections of the operator; the last park year has one breach, remedied."""
    laws = ("environment", "labour", "construction", "land", "investment")
    found = [
        Inspection(
            f"TT-{park_id}-{year}-{law}",
            park_id,
            date(year, draw.randint(2, 11), draw.randint(1, 28)),
            law,
            "Đoàn kiểm tra liên ngành (dữ liệu mẫu)",
            "Không phát hiện vi phạm",
            evidence=(),
        )
        for year in (2023, 2024, 2025)
        for law in laws[: draw.randint(3, 5)]
    ]
    if draw.random() < 0.5:
        found.append(
            Inspection(
                f"TT-{park_id}-2023-breach",
                park_id,
                date(2023, 4, 18),
                "environment",
                "Sở quản lý môi trường (dữ liệu mẫu)",
                "Chậm nộp báo cáo công tác bảo vệ môi trường",
                True,
                35e6,
                "VND",
                date(2023, 6, 30),
                date(2023, 6, 20),
            )
        )
    return tuple(found)


def answers(
    row: Mapping[str, Any], members: list[Participant], years: tuple[int, ...], seed: int
) -> list[Answer]:
    """Answers of the park to its frameworks in `years`, better over time; and of each enterprise."""
    found = []
    frameworks = reference.frameworks()
    for n, year in enumerate(years):
        for framework_id in ("int-eip-v1", "vn-decree-35", "vn-circular-05"):
            for criterion in frameworks[framework_id].criteria:
                draw = Random(f"{seed}/{row['id']}/{criterion.id}")
                reach = row["met_now"] - 0.18 * (len(years) - 1 - n)
                answer = _answer(row, criterion, year, reach, draw)
                if answer is not None:
                    found.append(answer)
    for person in members:
        if person.kind is not ParticipantKind.ENTERPRISE:
            continue
        for criterion_id in ("vn-SOC.1", "vn-SOC.2", "vn-SOC.4", "vn-SOC.6"):
            draw = Random(f"{seed}/{person.id}/{criterion_id}")
            found.append(
                Answer(
                    f"A-{person.id}-{criterion_id}-{years[-1]}",
                    person.id,
                    criterion_id,
                    years[-1],
                    draw.random() < 0.72,
                    True,
                    years[-1] + 3,
                    evidence=(),
                )
            )
    return found


# What the ledger itself answers: typing it again would only contradict it.
DERIVED = frozenset(
    {
        *(f"int-env-{n}" for n in (2, 8, 9, 11)),
        *(f"int-reg-{n}" for n in (1, 2, 4)),
        *(f"vn-ENV.{n}" for n in (1, 2, 3)),
        *(f"vn-SOC.{n}" for n in (1, 2, 4, 6)),
        *(f"vn35-37-{n}" for n in ("1a", "2b", "2c", "3a")),
        "vn-PM.4",
        "vn35-38-2a",
    }
)


def _amount(threshold: float, factor: float, unit: str) -> float:
    """A plausible answer near a threshold: whole for counts, at most 100 for percentages."""
    value = max(threshold * factor, 0.0)
    if "%" in unit:
        return round(min(value, 100.0), 1)
    return round(value, 2) if threshold != round(threshold) or threshold > 50 else float(round(value))


def _answer(
    row: Mapping[str, Any], criterion: Criterion, year: int, reach: float, draw: Random
) -> Answer | None:
    if criterion.subject != "park" or criterion.id in DERIVED or draw.random() < 0.06:
        return None
    level, wish = draw.random(), draw.random()
    good, soon = level < reach, level < reach + row["intended_gain"] * wish
    identity = f"A-{row['id']}-{criterion.id}-{year}"
    common: dict[str, Any] = {"intended_year": year + 3, "source_class": SourceClass.ESTIMATED}
    if not good and soon:
        common |= {
            "action": "Lập kế hoạch và bố trí kinh phí (dữ liệu mẫu)",
            "owner": "Ban quản lý dự án",
            "due": date(year + 2, 6, 30),
        }
    if level > 0.985:
        return Answer(
            identity,
            row["id"],
            criterion.id,
            year,
            not_applicable=True,
            reason="Không áp dụng cho khu này (dữ liệu mẫu)",
        )
    if criterion.shape is Shape.BOOLEAN:
        return Answer(
            identity,
            row["id"],
            criterion.id,
            year,
            good,
            good or soon,
            partly=not good and level < reach + 0.12,
            **common,
        )
    threshold = criterion.threshold
    if isinstance(threshold, (int, float)) and not isinstance(threshold, bool):
        sign = 1 if criterion.comparison.startswith(">") else -1
        now = _amount(threshold, 1 + sign * (0.12 if good else -0.35), criterion.unit)
        later = _amount(threshold, 1 + sign * (0.15 if good or soon else -0.2), criterion.unit)
        return Answer(identity, row["id"], criterion.id, year, now, later, **common)
    return None
