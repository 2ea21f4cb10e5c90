"""Sample data: takes a seed, gives a fictional programme; and one small ledger of published facts."""

from parkloop.samples.kalundborg import make_kalundborg
from parkloop.samples.programme import YEAR, make_programme
from parkloop.samples.troubles import TROUBLES

__all__ = ["TROUBLES", "YEAR", "make_kalundborg", "make_programme"]
