"""Exit codes, and which trouble gets which."""

DONE = 0
DATA = 1
USAGE = 2
STORE = 3
STOPPED = 130

EPILOG = (
    "Exit codes: 0 done; 1 stopped by issues in the data; 2 wrong use (file, option or id not found); "
    "3 the store is busy, full, foreign or unreachable; 130 stopped by the user."
)


def of(trouble: Exception) -> int | None:
    """The exit code of known trouble; None for a defect, which keeps its trace."""
    from parkloop.app.programmes import StoreError, StoreRefused
    from parkloop.app.trouble import AppError, DataError

    if isinstance(trouble, (DataError, StoreRefused)):
        return DATA
    if isinstance(trouble, StoreError):
        return STORE
    if isinstance(trouble, (AppError, OSError)):
        return USAGE
    return None


def sentence(trouble: Exception, lang: str) -> str:
    """What went wrong, where, and the mend, in one or two sentences of `lang`."""
    from parkloop.app.programmes import StoreError
    from parkloop.app.trouble import AppError
    from parkloop.texts import mend, message

    if isinstance(trouble, AppError):
        return trouble.sentence(lang)
    if isinstance(trouble, StoreError):
        return f"{trouble.message(lang)} {trouble.mend(lang)}"
    if isinstance(trouble, OSError):
        said = {"place": trouble.filename or "parkloop", "reason": trouble.strerror or str(trouble)}
        return f"{message('cli.os_error', lang, said)} {mend('cli.os_error', lang, said)}"
    return str(trouble)
