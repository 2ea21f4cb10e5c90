"""The command line: takes words and files, asks `app`, shows what came out."""

from parkloop.cli.main import main

__all__ = ["main"]
