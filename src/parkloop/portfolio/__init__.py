"""Takes solutions, cases and a way to evaluate them together; gives the portfolio and its cost curve."""

from parkloop.portfolio.macc import macc
from parkloop.portfolio.optimise import optimise
from parkloop.portfolio.settings import PortfolioSettings
from parkloop.portfolio.total import stage_totals

__all__ = ["PortfolioSettings", "macc", "optimise", "stage_totals"]
