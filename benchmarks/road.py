"""Measure the road: sample parks, 1,000 enterprises, a workbook of 30,000 rows, the Nordic register.

Run with `make bench` or `python benchmarks/road.py [demo|large|workbook|nordic ...]`. Prints seconds and
peak memory beside the aims; nothing here is a test.
"""

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Phase:
    """What is run in a process of its own, and what is aimed at."""

    name: str
    aim: str
    script: str


RUN = """
import sys, time
from pathlib import Path
from dataclasses import replace
from datetime import UTC, datetime
out = Path(sys.argv[1]); shared = Path(sys.argv[2])
def clock(label, begun): print(f"  {label}: {time.perf_counter() - begun:.2f} s", flush=True)
"""

LARGE = """
from parkloop import samples, reference
from parkloop.app.runs import Order, produce
from parkloop.app.settings import RunSettings
from parkloop.app.documents import keep
from benchmarks.grow import grow
ledger = grow(samples.make_programme(), enterprises=1000, flows=30000)
print(f"  {len(ledger.participants)} participants, {len(ledger.flows)} flows, {len(ledger.bills)} bills")
begun = time.perf_counter()
made = produce(ledger, ledger.parks[0].id, Order(RunSettings()))
keep(made.documents, out)
clock("run, every document written", begun)
print(f"  {len(made.result.solutions)} solutions, {len(made.documents)} documents")
"""

WORKBOOK = """
from parkloop import intake, samples
from parkloop.model import Ledger
from benchmarks.grow import grow
ledger = grow(samples.make_programme(), enterprises=1000, flows=30000)
small = replace(ledger, bills=(), equipment=(), answers=(), products=())
content = intake.write_workbook(small, "vi")
print(f"  {len(content) / 1e6:.1f} MB, {len(small.flows)} rows of flows")
begun = time.perf_counter()
read = intake.read_workbook(content, "big.xlsx", Ledger(small.programme))
clock("import", begun)
assert len(read.ledger.flows) == len(small.flows), len(read.ledger.flows)
"""

NORDIC = """
from parkloop import intake
from parkloop.app.settings import RunSettings
from parkloop.app.transition import travel
from parkloop.model import Ledger, Programme
begun = time.perf_counter()
programme = Programme("NORDIC", "Nordic register", "Sổ đăng ký Bắc Âu", "EUR", "SE")
read = intake.read_eprtr(shared / "eprtr_nordic", Ledger(programme))
clock(f"import of {len(read.ledger.participants)} facilities, {len(read.ledger.flows)} streams", begun)
for park in read.ledger.parks:
    at = time.perf_counter()
    result = travel(read.ledger, park.id, RunSettings(max_distance_km=50.0))
    exchanges = sum(s.kind == "exchange" for s in result.solutions)
    clock(f"{park.id}: matching and valuation, {exchanges} exchanges, {len(result.cases)} cases", at)
clock("import, matching within 50 km, valuation", begun)
"""

PHASES = {
    "demo": Phase("four sample parks, cold, every document", "10 s", ""),
    "large": Phase("a park of 1,000 enterprises and 30,000 flows", "30 s, 1 GB", LARGE),
    "workbook": Phase("import of a workbook of 30,000 rows", "5 s", WORKBOOK),
    "nordic": Phase("Nordic register: 2,075 facilities, 20,336 transfers", "30 s", NORDIC),
}


def measure(phase: Phase) -> None:
    """Run one phase in a new process and print its time and peak memory beside the aim."""
    with tempfile.TemporaryDirectory() as folder:
        if phase.script:
            command = [sys.executable, "-c", RUN + phase.script, folder, str(SHARED)]
        else:
            command = [str(Path(sys.executable).parent / "parkloop"), "demo", "--out", folder]
        print(f"{phase.name} (aim {phase.aim})", flush=True)
        begun = time.perf_counter()
        subprocess.run(command, check=True, cwd=ROOT)
        seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    print(f"  whole process {seconds:.2f} s; largest process so far {peak:.2f} GB", flush=True)


if __name__ == "__main__":
    for name in sys.argv[1:] or PHASES:
        if name == "nordic" and not SHARED.exists():
            print("nordic: skipped, the register is not on this machine")
            continue
        measure(PHASES[name])
