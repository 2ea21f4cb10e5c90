"""Both languages are complete, and every issue code has its texts."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from parkloop.texts import LANGUAGES, catalogue

SRC = Path(__file__).parents[2] / "src" / "parkloop"
CODE = re.compile(r"[a-z_]+(\.[a-z0-9_]+){1,3}")


def test_catalogues_have_the_same_keys_in_every_language() -> None:
    first, *others = (set(catalogue(lang)) for lang in LANGUAGES)
    for other in others:
        assert first ^ other == set()


@pytest.mark.parametrize("key", sorted(catalogue("en")))
def test_placeholders_agree_between_languages(key: str) -> None:
    names = [
        {
            field.removesuffix(f"_{lang}")
            for _, field, _, _ in Formatter().parse(catalogue(lang)[key])
            if field
        }
        for lang in LANGUAGES
    ]
    assert names[0] == names[1]


def test_vietnamese_texts_are_not_english_ones() -> None:
    english, vietnamese = catalogue("en"), catalogue("vi")
    same = [key for key in english if len(english[key].split()) > 4 and english[key] == vietnamese[key]]
    assert same == []


def issue_codes() -> set[str]:
    """The first argument of every `Issue(...)` call in the source that is a literal."""
    found = set()
    for path in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Issue":
                given = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "code")]
                found |= {g.value for g in given if isinstance(g, ast.Constant) and isinstance(g.value, str)}
    return found


def test_every_issue_code_has_message_and_mend() -> None:
    codes = issue_codes()
    assert codes, "no Issue(...) call was found: the search is broken"
    missing = {
        f"{code}.{part}"
        for code in codes
        for part in ("message", "mend")
        if f"{code}.{part}" not in catalogue("en")
    }
    assert missing == set()
