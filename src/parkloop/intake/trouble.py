"""Trouble in one cell or one row while it is read."""

from parkloop.model import Severity

Argument = str | float | int


class CellError(Exception):
    """A cell that cannot be taken; caught where its row is read and turned into an issue at its place."""

    def __init__(self, code: str, key: str = "", **arguments: Argument) -> None:
        super().__init__(code)
        self.code = code
        self.key = key
        self.arguments = arguments


class Note:
    """Something worth saying about a cell that was taken all the same."""

    __slots__ = ("arguments", "code", "key", "severity")

    def __init__(self, code: str, severity: Severity, key: str, **arguments: Argument) -> None:
        self.code = code
        self.severity = severity
        self.key = key
        self.arguments = arguments
