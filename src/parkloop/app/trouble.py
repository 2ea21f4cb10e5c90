"""What goes wrong in `app`: always a sentence with the place and the mend."""

from parkloop.model import Issue

__all__ = ["AppError", "DataError"]


class AppError(Exception):
    """Wrong use: a file, park, programme, option or figure that is not there."""


class DataError(AppError):
    """Issues in the data stop the step; `issues` lists them."""

    def __init__(self, sentence: str, issues: tuple[Issue, ...] = ()) -> None:
        super().__init__(sentence)
        self.issues = issues
