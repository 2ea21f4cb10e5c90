"""parkloop: one ledger of an industrial park in; every decision and document of its transition out."""

__version__ = "0.1.0"
__all__ = ["__version__"]
