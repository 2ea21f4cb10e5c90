"""Grow the sample programme into one large park, for measuring only."""

from dataclasses import replace

from parkloop.model import Ledger

STEP_DEG = 0.004


def grow(ledger: Ledger, enterprises: int, flows: int) -> Ledger:
    """The first park with `enterprises` copies of the sample enterprises and about `flows` flows.

    Copies keep their bills and machines; labels tell repeated streams apart.
    """
    park = ledger.parks[0]
    models = [p for p in ledger.participants if p.kind == "enterprise"]
    participants, products, bills, equipment, all_flows = [], [], [], [], []
    by_owner = {m.id: [f for f in ledger.flows if f.participant_id == m.id] for m in models}
    bills_of = {m.id: [b for b in ledger.bills if b.participant_id == m.id] for m in models}
    machines_of = {m.id: [e for e in ledger.equipment if e.participant_id == m.id] for m in models}
    for n in range(enterprises):
        model = models[n % len(models)]
        name = f"E{n:04d}"
        place = replace(
            model.place,
            lat=(park.place.lat or 0) + (n // 32) * STEP_DEG,
            lon=(park.place.lon or 0) + (n % 32) * STEP_DEG,
        )
        participants.append(replace(model, id=name, park_id=park.id, place=place))
        products += [
            replace(p, id=f"{name}-product", participant_id=name)
            for p in ledger.products
            if p.participant_id == model.id
        ]
        bills += [replace(b, id=f"{name}-{b.id}", participant_id=name) for b in bills_of[model.id]]
        equipment += [replace(e, id=f"{name}-{e.id}", participant_id=name) for e in machines_of[model.id]]
        copies = max(1, round((flows - len(all_flows)) / (enterprises - n) / max(len(by_owner[model.id]), 1)))
        for copy in range(copies):
            share = 1 / copies
            all_flows += [
                replace(
                    f,
                    id=f"{name}-{f.resource_id}-{f.direction.value}-{copy}",
                    participant_id=name,
                    label=f"{copy}" if copy else "",
                    counterpart_id="",
                    amount=replace(
                        f.amount, value=f.amount.value * share, typed_value=f.amount.value * share
                    ),
                )
                for f in by_owner[model.id]
            ]
    return replace(
        ledger,
        parks=(park,),
        participants=tuple(participants),
        products=tuple(products),
        flows=tuple(all_flows),
        bills=tuple(bills),
        equipment=tuple(equipment),
        answers=tuple(a for a in ledger.answers if a.subject_id == park.id),
        solutions=(),
        geometries=(),
        permits=(),
        inspections=tuple(i for i in ledger.inspections if i.subject_id == park.id),
        activities=(),
        stakeholders=(),
        screenings=(),
    )
