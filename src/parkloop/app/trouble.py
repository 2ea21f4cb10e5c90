"""What goes wrong in `app`: always a sentence with the place and the mend."""

from collections.abc import Mapping, Sequence

from parkloop.model import Change, ChangeKind, Issue
from parkloop.texts import mend, message, text

__all__ = ["AppError", "DataError", "UseError"]

Argument = str | float | int


class AppError(Exception):
    """Wrong use: a file, park, programme, option or figure that is not there."""

    def sentence(self, lang: str) -> str:
        """What was wrong and how to mend it, in `lang` where the texts have it."""
        return str(self)


class UseError(AppError):
    """Wrong use with a text of its own in every language: `code` names it, `arguments` fill it in."""

    def __init__(self, code: str, arguments: Mapping[str, Argument]) -> None:
        self.code = code
        self.arguments = arguments
        super().__init__(self.sentence("en"))

    def sentence(self, lang: str) -> str:
        """What was wrong and how to mend it, in `lang`."""
        return f"{message(self.code, lang, self.arguments)} {mend(self.code, lang, self.arguments)}"


class DataError(AppError):
    """Issues in the data stop the step.

    Attributes
    ----------
    stopping
        The issues that stop it, in the order of the file.
    issues
        All issues, those that do not stop anything included.
    changes
        What would have changed; rows that cannot be taken are rejected ones.
    """

    def __init__(
        self, stopping: Sequence[Issue], issues: tuple[Issue, ...] = (), changes: tuple[Change, ...] = ()
    ) -> None:
        self.stopping = tuple(stopping)
        self.issues = issues or self.stopping
        self.changes = changes
        super().__init__(self.sentence("en"))

    @property
    def blocked(self) -> bool:
        """Whether a whole file cannot be read, so that there are no good rows to keep."""
        return any(issue.severity.value == "blocking" for issue in self.stopping)

    @property
    def rejected(self) -> int:
        """How many rows cannot be taken; registers and series count them in their issues."""
        rows = sum(change.kind is ChangeKind.REJECTED for change in self.changes)
        return rows or sum(int(issue.arguments.get("count", 0)) for issue in self.stopping)

    def sentence(self, lang: str) -> str:
        """The first of the gravest troubles with place and mend, how many there are, and what can be done."""
        first = next((i for i in self.stopping if i.severity.value == "blocking"), self.stopping[0])
        said = f"{first.where}: {message(first.code, lang, first.arguments)}"
        said += f" {mend(first.code, lang, first.arguments)}"
        key = "cli.stopped.file" if self.blocked else "cli.stopped.rows"
        return f"{said} {text(key, lang, issues=len(self.stopping), rows=self.rejected)}"
