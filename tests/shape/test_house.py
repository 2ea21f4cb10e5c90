"""The house keeps its promises: light imports, locks without addresses, documented equations."""

import doctest
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import parkloop.methods

ROOT = Path(__file__).parents[2]
HEAVY = {
    "polars",
    "scipy",
    "highspy",
    "CoolProp",
    "typst",
    "sqlalchemy",
    "numpy",
    "fastapi",
}
EQUATIONS = sorted(m.name for m in pkgutil.iter_modules(parkloop.methods.__path__, "parkloop.methods."))


@pytest.mark.parametrize("command", ["import parkloop", "import parkloop.cli"])
def test_light_modules_load_nothing_heavy(command: str) -> None:
    code = f"{command}; import sys; print(' '.join(sorted(m for m in sys.modules if '.' not in m)))"
    loaded = set(
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.split()
    )
    assert loaded & HEAVY == set()


def test_locks_name_no_address() -> None:
    for lock in ROOT.glob("*.lock"):
        text = lock.read_text()
        assert "://" not in text and "index-url" not in text
        assert "--hash=sha256:" in text


@pytest.mark.parametrize("name", EQUATIONS)
def test_examples_of_equations_run(name: str) -> None:
    module = importlib.import_module(name)
    assert doctest.testmod(module).failed == 0


def public(module: ModuleType) -> list[tuple[str, str]]:
    """Public functions defined in `module` with their docstrings."""
    return [
        (n, inspect.getdoc(f) or "")
        for n, f in inspect.getmembers(module, inspect.isfunction)
        if not n.startswith("_") and f.__module__ == module.__name__
    ]


@pytest.mark.parametrize("name", EQUATIONS)
def test_equations_state_units_and_have_examples(name: str) -> None:
    for function, text in public(importlib.import_module(name)):
        assert re.search(r"\[[^\]]+\]", text), f"{name}.{function} states no unit like [kW] or [-]"
        assert ">>>" in text, f"{name}.{function} has no example"


def test_measures_have_their_page() -> None:
    from parkloop.recp.catalogue import MEASURES

    pages = {path.stem for path in (ROOT / "docs" / "measures").glob("*.md")}
    assert {m.id.replace("_", "-") for m in MEASURES} - pages == set()
