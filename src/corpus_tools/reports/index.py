"""The index: one card for each report of the plan, whatever has become of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from corpus_tools.reports import render

if TYPE_CHECKING:
    from jinja2 import Template

    from corpus_tools.reports.run import Result


def index(title: str, results: Sequence[Result]) -> str:
    """Return the index of reports as HTML.

    Parameters
    ----------
    title : str
        What stands above it.
    results : sequence of Result
        In the order in which they are listed.

    Returns
    -------
    str
        One file that needs no other; every text in it is escaped.

    Examples
    --------
    >>> "No report is planned." in index("Reports", [])
    True
    """
    script = render.asset("listing.js")
    return _template().render(
        title=title,
        summary=_summary(results),
        cards=[_card(result) for result in results],
        changes=[_changes(result) for result in results if result.changes],
        style=render.asset("page.css"),
        script=script,
        policy=render.policy(script),
    )


def _changes(result: Result) -> dict[str, Any]:
    page = result.page.name if result.page is not None else None
    return {"title": result.report.title, "page": page, "lines": result.changes}


def _summary(results: Sequence[Result]) -> str:
    if not results:
        return "No report is planned."
    failed = sum(result.state == "failed" for result in results)
    count = f"{len(results)} report" + ("" if len(results) == 1 else "s")
    return f"{count}, {failed} of them failed" if failed else count


def _card(result: Result) -> dict[str, Any]:
    remarks = len(result.remarks)
    return {
        "title": result.report.title,
        "state": result.state,
        "question": questions(result.question),
        "facts": render.fact_line(result.facts),
        "parameters": render.changed(result.report),
        "error": result.error or "",
        "thumbnail": result.thumbnail,
        "remarks": f"{remarks} message" + ("" if remarks == 1 else "s") if remarks else "",
        "page": result.page.name if result.page is not None else None,
        "notebook": f"notebooks/{result.notebook.name}" if result.notebook is not None else None,
    }


def questions(paragraph: str) -> str:
    """Return what a report asks: the sentences up to the last question mark, or else the first sentence.

    Examples
    --------
    >>> questions("Who says it? And why? This notebook counts."), questions("Who is quoted. How it is read.")
    ('Who says it? And why?', 'Who is quoted.')
    """
    end = paragraph.rfind("? ") if not paragraph.endswith("?") else len(paragraph)
    return paragraph[: end + 1] if end >= 0 else re.split(r"(?<=[.!…]) ", paragraph, maxsplit=1)[0]


@cache
def _template() -> Template:
    from jinja2 import Environment

    environment = Environment(autoescape=True, keep_trailing_newline=True)
    return environment.from_string(render.asset("listing.html.j2"))
