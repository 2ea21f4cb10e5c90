"""What can go wrong with a store, each with a code and one sentence that says where and how to mend it.

The names say what happened (busy, full, foreign); that they are errors is in `StoreError`, hence the noqa.
"""

from collections.abc import Mapping

from parkloop import texts


class StoreError(Exception):
    """Trouble with a store.

    Attributes
    ----------
    code
        Key of message and mend in the catalogues (`store.full`).
    arguments
        What fills the placeholders; never a password.
    """

    def __init__(self, code: str, arguments: Mapping[str, str | int] | None = None) -> None:
        self.code = code
        self.arguments: Mapping[str, str | int] = dict(arguments or {})
        super().__init__(code, self.arguments)

    def __str__(self) -> str:
        return f"{self.message('en')} {self.mend('en')}"

    def message(self, lang: str) -> str:
        """What was wrong and where, in `lang`."""
        return texts.message(self.code, lang, self.arguments)

    def mend(self, lang: str) -> str:
        """What to do about it, in `lang`."""
        return texts.mend(self.code, lang, self.arguments)


class StoreUnknown(StoreError):  # noqa: N818
    """Something that was asked for is not in the store."""


class StoreConflict(StoreError):  # noqa: N818
    """The store holds something else than the change starts from."""


class StoreBusy(StoreError):  # noqa: N818
    """Another piece of work is writing to the store."""


class StoreFull(StoreError):  # noqa: N818
    """No room is left where the store is kept."""


class StoreUnreachable(StoreError):  # noqa: N818
    """The place of the store cannot be opened, written or reached."""


class StoreForeign(StoreError):  # noqa: N818
    """The file or database is no store, is damaged, or was written by a newer version."""


class StoreRefused(StoreError):  # noqa: N818
    """A record cannot be kept as it is."""
