"""Documents on disk: which files a run leaves, and where."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from parkloop import programme, reports
from parkloop.model import Document, Ledger, LegalForm, ParkResult, Summary

__all__ = ["form_as_dict", "keep", "park_documents", "programme_documents"]

form_as_dict = reports.form_as_dict


def park_documents(
    result: ParkResult, languages: tuple[str, ...], *, dossier: bool = True, forms_lang: str = "vi"
) -> tuple[tuple[Document, ...], tuple[LegalForm, ...]]:
    """The documents of one park, and its legal forms; `forms_lang` empty leaves the forms out."""
    documents: tuple[Document, ...] = reports.write_dossier(result, languages) if dossier else ()
    filled: tuple[LegalForm, ...] = ()
    if forms_lang:
        filled = reports.fill_forms(result, result.year + 1, forms_lang)
        documents += reports.write_forms(filled, forms_lang)
    return documents, filled


def programme_documents(
    ledger: Ledger, results: tuple[ParkResult, ...], languages: tuple[str, ...]
) -> tuple[Summary, tuple[Document, ...]]:
    """The roll-up over parks and its documents."""
    year = max(result.year for result in results)
    summary = programme.summarise(ledger.programme, results, ledger.targets, year)
    return summary, reports.write_summary(summary, results, languages)


def keep(documents: Iterable[Document], folder: Path) -> tuple[Path, ...]:
    """Write documents into `folder`, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for document in documents:
        target = folder / document.name
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as handle:
            handle.write(document.content)
        os.chmod(handle.name, 0o644)
        os.replace(handle.name, target)
        written.append(target)
    return tuple(written)
