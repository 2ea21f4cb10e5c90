"""Sample data: takes a seed, gives the ledger of a fictional programme. No real park is described."""

from parkloop.samples.programme import YEAR, make_programme
from parkloop.samples.troubles import TROUBLES

__all__ = ["TROUBLES", "YEAR", "make_programme"]
