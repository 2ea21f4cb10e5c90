"""Takes solutions, graphs, flows, prices and factors; gives cases, and bundles where nothing counts twice."""

from parkloop.valuation.evaluate import evaluate
from parkloop.valuation.physical import physical
from parkloop.valuation.quick import quick_evaluator
from parkloop.valuation.terms import Terms, ValuationSettings
from parkloop.valuation.value import value

__all__ = ["Terms", "ValuationSettings", "evaluate", "physical", "quick_evaluator", "value"]
