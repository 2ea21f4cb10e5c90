"""Takes the result of a park or the summary of a programme, gives documents: bytes with a name and a media type."""

from parkloop.reports.dossier import write_dossier
from parkloop.reports.summary import write_summary

__all__ = ["write_dossier", "write_summary"]
