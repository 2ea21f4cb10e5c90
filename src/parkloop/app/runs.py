"""Runs over the parks of a programme: this process for one park, a pool for several."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

from parkloop.app.documents import park_documents
from parkloop.app.explain import reasons
from parkloop.app.settings import RunSettings
from parkloop.app.transition import travel
from parkloop.model import Document, Ledger, LegalForm, ParkResult

__all__ = ["Order", "Produced", "produce", "produce_all"]


@dataclass(frozen=True, slots=True)
class Order:
    """What to make of one park."""

    settings: RunSettings
    languages: tuple[str, ...] = ("vi", "en")
    dossier: bool = True
    forms_lang: str = "vi"


@dataclass(frozen=True, slots=True)
class Produced:
    """A park's result with its documents and forms."""

    result: ParkResult
    documents: tuple[Document, ...]
    forms: tuple[LegalForm, ...]


def produce(ledger: Ledger, park_id: str, order: Order) -> Produced:
    """Take one park the whole road and render its documents."""
    result = travel(ledger, park_id, order.settings)
    result = replace(result, reasons=reasons(result))
    documents, forms = park_documents(
        result, order.languages, dossier=order.dossier, forms_lang=order.forms_lang
    )
    return Produced(result, documents, forms)


def produce_all(
    ledger: Ledger, park_ids: tuple[str, ...], order: Order, executor: Callable[[], Executor] | None = None
) -> Iterator[Produced]:
    """`produce` for several parks, in order, as they finish.

    `executor` makes the pool (any `concurrent.futures` executor, a cluster's too); left out, two or more
    parks use as many local processes as there are cores.
    """
    workers = min(len(park_ids), os.cpu_count() or 1)
    if executor is None and workers < 2:
        for park_id in park_ids:
            yield produce(ledger, park_id, order)
        return
    make = executor or (lambda: ProcessPoolExecutor(workers, mp_context=get_context("forkserver")))
    with make() as pool:
        futures = [pool.submit(produce, ledger, park_id, order) for park_id in park_ids]
        for future in futures:
            yield future.result()
