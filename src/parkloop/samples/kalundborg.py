"""A small ledger of published facts on a real cluster, each row with its source."""

import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

from parkloop.model import (
    Amount,
    Delta,
    Direction,
    Effect,
    Exchange,
    ExchangeKind,
    Fate,
    Flow,
    Ledger,
    Origin,
    OriginKind,
    Park,
    Participant,
    ParticipantKind,
    Period,
    Place,
    Programme,
    Range,
    Rung,
    Solution,
    SourceClass,
    Stage,
    StageEvent,
    Step,
)

__all__ = ["make_kalundborg"]

PARK = "KALUNDBORG"
DOUBT = 0.2


def make_kalundborg() -> Ledger:
    """The published flows and exchanges of Kalundborg in the middle of the 1990s, unverified."""
    table: dict[str, Any] = tomllib.loads((files(__package__) / "kalundborg.toml").read_text("utf-8"))
    source = table["source"]
    programme = Programme(
        "KALUNDBORG",
        "Kalundborg (published facts)",
        "Kalundborg (số liệu đã công bố)",
        "EUR",
        "DK",
        note=source,
    )
    park = Park(
        PARK,
        programme.id,
        "Kalundborg industrial symbiosis",
        "Cộng sinh công nghiệp Kalundborg",
        Place(55.665, 11.09, country="DK"),
        frameworks=("int-eip-v1",),
        note=source,
    )
    participants = tuple(
        Participant(
            row["id"],
            PARK,
            row["name"],
            ParticipantKind(row["kind"]),
            row["sector"],
            place=Place(row["lat"], row["lon"], country="DK"),
            note=source,
        )
        for row in table["participant"]
    )
    flows = tuple(_flow(row, table["year"], source) for row in table["flow"])
    solutions = tuple(_exchange(row, flows, source) for row in table["exchange"])
    origin = Origin(OriginKind.REFERENCE, reference_id=table["source_id"], typed=source)
    origins = {f"flow/{flow.id}/amount": origin for flow in flows}
    origins |= {f"solution/{solution.id}/deltas": origin for solution in solutions}
    return Ledger(programme, (park,), participants, flows=flows, solutions=solutions, origins=origins)


def _flow(row: dict[str, Any], year: int, source: str) -> Flow:
    amount = float(row["amount"])
    tail = f"-{row['label'].replace(' ', '-')}" if row["label"] else ""
    return Flow(
        id=f"F-{row['owner']}-{row['direction']}-{row['resource']}{tail}",
        participant_id=row["owner"],
        direction=Direction(row["direction"]),
        resource_id=row["resource"],
        amount=Amount(amount, row["unit"], amount, row["unit"], SourceClass.ESTIMATED),
        period=Period.year(year),
        label=row["label"],
        fate=Fate.EXCHANGED,
        counterpart_id=row["to"],
        note=source,
    )


def _exchange(row: dict[str, Any], flows: tuple[Flow, ...], source: str) -> Solution:
    amount = Range.of(float(row["amount"]), DOUBT)
    donor = next(
        f.id
        for f in flows
        if (f.participant_id, f.resource_id, f.counterpart_id)
        == (row["donor"], row["resource"], row["receiver"])
        and f.direction is Direction.OUT
    )
    started = date(row["since"], 1, 1)
    return Solution(
        id=f"X-{row['donor']}-{row['receiver']}-{row['resource']}",
        type_id="exchange",
        kind="exchange",
        title_en=row["title_en"],
        title_vi=row["title_vi"],
        participant_ids=(row["donor"], row["receiver"]),
        deltas=(
            Delta(
                row["donor"],
                row["resource"],
                Step.EXCHANGE,
                Effect.ABSOLUTE,
                amount.scaled(-1.0),
                f"flow/{donor}",
                fate=Fate.DISCHARGED.value,
            ),
        ),
        rung=Rung.SCREENING,
        stage=Stage.IMPLEMENTED,
        history=(StageEvent(Stage.IMPLEMENTED, started),),
        start=started,
        exchange=Exchange(
            row["donor"],
            row["receiver"],
            row["resource"],
            row["displaced"],
            amount,
            ExchangeKind(row["kind"]),
            donor_flow_id=donor,
        ),
        known=True,
        note=source,
    )
