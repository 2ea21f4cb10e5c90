"""The message catalogues: one folder a language, one TOML file a subject."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "vi")

__all__ = ["LANGUAGES", "catalogue", "mend", "message", "text"]


@cache
def catalogue(lang: str) -> Mapping[str, str]:
    """All texts of `lang` by dotted key; `<code>.message` and `<code>.mend` for issues.

    Raises
    ------
    ValueError
        When there is no catalogue for `lang`.
    """
    folder = files(__package__) / lang
    if lang.startswith("_") or not folder.is_dir():
        raise ValueError(f"no texts in language {lang!r}; there are: {', '.join(LANGUAGES)}")
    found: dict[str, str] = {}
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            _flatten("", tomllib.loads(entry.read_text("utf-8")), found)
    return found


def _flatten(prefix: str, table: Mapping[str, object], into: dict[str, str]) -> None:
    for key, value in table.items():
        name = f"{prefix}.{key}" if prefix else key
        if isinstance(value, Mapping):
            _flatten(name, value, into)
        else:
            into[name] = str(value)


def text(key: str, lang: str, **arguments: object) -> str:
    """The text `key` in `lang` with its {placeholders} filled; KeyError when no catalogue has the key."""
    template = catalogue(lang)[key]
    return template.format(**arguments) if arguments else template


def message(code: str, lang: str, arguments: Mapping[str, object]) -> str:
    """What an issue says."""
    return text(f"{code}.message", lang, **arguments)


def mend(code: str, lang: str, arguments: Mapping[str, object]) -> str:
    """What to do about an issue."""
    return text(f"{code}.mend", lang, **arguments)
