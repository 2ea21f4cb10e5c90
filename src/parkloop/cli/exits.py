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
    from parkloop.app.trouble import AppError, DataError
    from parkloop.store import StoreError

    if isinstance(trouble, DataError):
        return DATA
    if isinstance(trouble, StoreError):
        return STORE
    if isinstance(trouble, (AppError, OSError)):
        return USAGE
    return None


def sentence(trouble: Exception) -> str:
    """What went wrong, where, and the mend, in one or two sentences."""
    if isinstance(trouble, OSError):
        where = trouble.filename or ""
        return f"{where}: {trouble.strerror or trouble}; check the path, the free space and your rights there"
    return str(trouble)
