"""Every command and every exit code is on the page of the command line."""

from pathlib import Path

import pytest
import typer

from parkloop.cli import exits
from parkloop.cli.main import app

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "cli.md").read_text("utf-8")
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_the_commands_of_the_road_are_all_there() -> None:
    wanted = ["assess", "check", "demo", "explain", "export", "find", "forms"]
    wanted += ["import", "plan", "report", "run", "template", "value"]
    assert wanted == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_command_is_documented(command: str) -> None:
    assert f"`parkloop {command}" in PAGE


@pytest.mark.parametrize("command", COMMANDS)
def test_command_has_help_for_every_option(command: str) -> None:
    for parameter in typer.main.get_command(app).commands[command].params:  # type: ignore[attr-defined]
        assert parameter.name == "help" or getattr(parameter, "help", None), f"{command} {parameter.name}"


def test_exit_codes_are_documented() -> None:
    for code in (exits.DONE, exits.DATA, exits.USAGE, exits.STORE, exits.STOPPED):
        assert f"| {code} |" in PAGE
