"""The template of a new measure writes files that pass the linters of the house."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_template_without_a_kind_says_what_there_is() -> None:
    script = ROOT / "docs" / "templates" / "new.py"
    done = subprocess.run(
        [sys.executable, str(script), "wagon", "x"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "there is: measure" in done.stderr


def test_template_never_overwrites_a_measure() -> None:
    script = ROOT / "docs" / "templates" / "new.py"
    done = subprocess.run(
        [sys.executable, str(script), "measure", "air-leak"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "exists already" in done.stderr
