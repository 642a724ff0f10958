"""The command line: each command reads its arguments, calls the library, and says what happened."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import corpus_tools as ct
from corpus_tools.cli import _corpora, _reports, _what, _who_and_when  # noqa: F401  # each adds its commands
from corpus_tools.cli._app import app
from corpus_tools.cli._saying import say
from corpus_tools.errors import CorpusToolsError

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line; an error that corpus-tools raises on purpose is one clear line and exit code 2."""
    try:
        app()
    except CorpusToolsError as error:
        say(f"Error: {' '.join(str(error).split())}", error=True)
        sys.exit(2)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    if version:
        say(f"corpus-tools {ct.__version__}")
        raise typer.Exit
