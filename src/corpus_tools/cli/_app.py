"""The application that the commands belong to."""

from __future__ import annotations

import typer

app = typer.Typer(
    name="corpus-tools",
    help="From a folder of saved news articles to findings: what is said, who says it, when it happened.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

#: Headings of `corpus-tools --help`.
CORPUS = "The corpus"
REPORTS = "Reports"
WORDS = "What is said"
PEOPLE_AND_TIME = "Who says it, when it happened"
