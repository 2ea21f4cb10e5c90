"""Solutions already on their way: measures in every stage, and exchanges. Sample data."""

from dataclasses import dataclass
from datetime import date
from random import Random

from parkloop import reference
from parkloop.model import (
    Barrier,
    CostItem,
    Delta,
    Direction,
    Effect,
    Exchange,
    ExchangeKind,
    Flow,
    Participant,
    ParticipantKind,
    Range,
    Rung,
    Solution,
    Stage,
    StageEvent,
    Step,
)
from parkloop.samples.enterprise import Records

__all__ = ["known_exchanges", "known_measures"]


@dataclass(frozen=True, slots=True)
class Idea:
    """A measure many sites have: share of a resource saved and cost per unit saved in a year [VND]."""

    type_id: str
    title_en: str
    title_vi: str
    resource_id: str
    fraction: float
    cost_vnd_per_unit: float
    lifetime_a: float


IDEAS = (
    Idea(
        "housekeeping-electricity",
        "Energy housekeeping round",
        "Quản lý nội vi tiết kiệm điện",
        "electricity",
        0.015,
        120.0,
        3.0,
    ),
    Idea(
        "water-metering",
        "Sub-meters and leak repair",
        "Lắp đồng hồ nhánh và sửa rò rỉ nước",
        "fresh_water",
        0.06,
        9000.0,
        8.0,
    ),
    Idea(
        "energy-management",
        "Energy management system",
        "Hệ thống quản lý năng lượng",
        "electricity",
        0.02,
        1500.0,
        8.0,
    ),
    Idea(
        "combustion-tuning",
        "Boiler combustion tuning",
        "Hiệu chỉnh chế độ cháy nồi hơi",
        "fuel",
        0.02,
        500.0e3,
        3.0,
    ),
)
LIFE = (Stage.IMPLEMENTED, Stage.IMPLEMENTED, Stage.DECIDED, Stage.FEASIBLE, Stage.REJECTED, Stage.VERIFIED)


def known_measures(records: Records, year: int, seed: int) -> list[Solution]:
    """Two to four measures at each enterprise, in stages from feasible to verified."""
    found = []
    for member in records.participants:
        if member.kind is not ParticipantKind.ENTERPRISE:
            continue
        draw = Random(f"{seed}/known/{member.id}")
        for idea in draw.sample(IDEAS, draw.randint(2, 4)):
            solution = _measure(member, idea, records, year, draw)
            if solution is not None:
                found.append(solution)
    return found


def _measure(member: Participant, idea: Idea, records: Records, year: int, draw: Random) -> Solution | None:
    bills = [b for b in records.bills if b.participant_id == member.id]
    resource_id = idea.resource_id
    if resource_id == "fuel":
        resource_id = next(
            (b.resource_id for b in bills if b.resource_id not in ("electricity", "fresh_water")), ""
        )
    use = sum(b.amount.value for b in bills if b.resource_id == resource_id)
    if use <= 0:
        return None
    saved = float(f"{use * idea.fraction * draw.uniform(0.6, 1.2):.3g}")
    stage = draw.choice(LIFE)
    cost = float(f"{saved * idea.cost_vnd_per_unit:.3g}")
    on = date(year - draw.randint(-1, 1), draw.randint(1, 12), draw.randint(1, 28))
    history = [StageEvent(Stage.PROPOSED, date(year - 2, 9, 15), "Chuyên gia RECP (mẫu)")]
    if stage is Stage.REJECTED:
        history.append(
            StageEvent(stage, on, "Ban giám đốc", reason="Thời gian hoàn vốn dài hơn yêu cầu nội bộ")
        )
    elif stage is not Stage.PROPOSED:
        done = stage in (Stage.IMPLEMENTED, Stage.VERIFIED)
        history.append(
            StageEvent(
                stage, on, "Phòng kỹ thuật", cost=cost if done else None, currency="VND" if done else ""
            )
        )
    barriers: tuple[Barrier, ...] = ()
    if stage is Stage.FEASIBLE:
        barriers = (Barrier("finance", date(year, 10, 1), "Phòng tài chính", date(year + 1, 3, 31)),)
    return Solution(
        id=f"K-{member.id}-{idea.type_id}",
        type_id=idea.type_id,
        kind="measure",
        title_en=idea.title_en,
        title_vi=idea.title_vi,
        participant_ids=(member.id,),
        deltas=(Delta(member.id, resource_id, Step.DEMAND, Effect.ABSOLUTE, Range.of(-saved, 0.2)),),
        costs=(CostItem("capex", idea.title_en, Range.of(cost, 0.1), "VND", year, "entered", member.id),),
        lifetime_a=idea.lifetime_a,
        rung=Rung.QUOTED,
        stage=stage,
        history=tuple(history),
        start=on if stage in (Stage.IMPLEMENTED, Stage.VERIFIED) else date(year + 2, 1, 1),
        baseline_year=year - 1,
        barriers=barriers,
        owner="Phòng kỹ thuật",
        programme_ids=("SAMPLE",),
        contribution="supported",
        known=True,
    )


def known_exchanges(records: Records, year: int) -> list[Solution]:
    """Exchanges that already run: fly ash to cement, scrap to the furnace, where both partners exist."""
    wanted = (
        ("fly_ash", "fly_ash", 1.0),
        ("steel_scrap", "steel_scrap", 1.0),
        ("spent_grain", "soybean_meal", 0.1),  # wet grain holds about a tenth of the meal's protein
        ("waste_paper", "waste_paper", 1.0),
    )
    found = []
    for resource_id, displaced_id, ratio in wanted:
        donor = _first(records, Direction.OUT, resource_id)
        receiver = _first(records, Direction.IN, displaced_id)
        if donor is None or receiver is None or donor.participant_id == receiver.participant_id:
            continue
        amount = float(f"{min(donor.amount.value * 0.6, receiver.amount.value * 0.25 / ratio):.3g}")
        found.append(_exchange(donor, receiver, amount, (year, ratio)))
    return found


def _first(records: Records, direction: Direction, resource_id: str) -> Flow | None:
    return next((f for f in records.flows if f.direction is direction and f.resource_id == resource_id), None)


def _exchange(donor: Flow, receiver: Flow, amount: float, when: tuple[int, float]) -> Solution:
    year, ratio = when
    resource = reference.resources()[donor.resource_id]
    title = (donor.resource_id, donor.participant_id, receiver.participant_id)
    exchange = Exchange(
        donor_id=donor.participant_id,
        receiver_id=receiver.participant_id,
        resource_id=donor.resource_id,
        displaced_resource_id=receiver.resource_id,
        amount=Range.of(amount, 0.1),
        kind=ExchangeKind.BY_PRODUCT_REUSE,
        donor_flow_id=donor.id,
        receiver_flow_id=receiver.id,
        displacement_ratio=ratio,
        price=abs(receiver.price or 0.0) * 0.5 * ratio,
        currency="VND",
        agreement_form="contract",
        legal_type="vn05-2-1a",
    )
    return Solution(
        id=f"K-X-{title[1]}-{title[2]}-{title[0]}",
        type_id="exchange",
        kind="exchange",
        title_en=f"{resource.name_en} from {title[1]} to {title[2]}",
        title_vi=f"{resource.name_vi} từ {title[1]} sang {title[2]}",
        participant_ids=(title[1], title[2]),
        deltas=(
            Delta(
                title[1],
                donor.resource_id,
                Step.EXCHANGE,
                Effect.ABSOLUTE,
                Range.of(-amount, 0.1),
                f"flow/{donor.id}",
                fate=donor.fate.value,
            ),
            Delta(
                title[2],
                receiver.resource_id,
                Step.EXCHANGE,
                Effect.ABSOLUTE,
                Range.of(-amount * ratio, 0.1),
                f"flow/{receiver.id}",
            ),
        ),
        lifetime_a=10.0,
        rung=Rung.MEASURED,
        stage=Stage.IMPLEMENTED,
        history=(StageEvent(Stage.IMPLEMENTED, date(year, 3, 1), "Ban điều phối cộng sinh (mẫu)"),),
        start=date(year, 3, 1),
        baseline_year=year - 1,
        exchange=exchange,
        known=True,
        programme_ids=("SAMPLE",),
    )
