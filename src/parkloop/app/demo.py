"""The sample programme, written as workbooks and brought in from them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from parkloop import intake, samples
from parkloop.app.programmes import Delivery, bring_in, open_store
from parkloop.app.scope import of_park
from parkloop.model import Ledger

__all__ = ["Demo", "prepare"]


@dataclass(frozen=True, slots=True)
class Demo:
    """What was prepared: the store, the programme's ledger as imported, and its year."""

    store: Path
    ledger: Ledger
    year: int


def prepare(out: Path, lang: str, at: datetime) -> Demo:
    """Write the sample workbooks and the example under `out`, and import them into a store there."""
    out.mkdir(parents=True, exist_ok=True)
    made = samples.make_programme()
    (out / "example-kalundborg.xlsx").write_bytes(intake.write_workbook(samples.make_kalundborg(), lang))
    place = out / "parkloop.db"
    with open_store(str(place)) as store:
        for park in made.parks:
            path = out / f"sample-{park.id}.xlsx"
            path.write_bytes(intake.write_workbook(of_park(made, park.id), lang))
            delivery = Delivery((path,), programme_id=made.programme.id)
            bring_in(store, delivery, "parkloop demo", at, keep=True)
        return Demo(place, store.load(made.programme.id), samples.YEAR)
