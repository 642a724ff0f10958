"""A form for people who write no code: outlets, dates and terms are chosen, and a plot or a table follows."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from corpus_tools.schema import require

if TYPE_CHECKING:
    import pandas as pd


class Form:
    """What `form` gives: shows itself in JupyterLab, and nothing where nobody could use it."""

    def __init__(
        self,
        articles: pd.DataFrame,
        steps: Sequence[Callable[..., Any]],
        options: dict[str, Any],
        terms: Sequence[str] = (),
    ) -> None:
        self.articles = articles
        self.steps = steps
        self.terms = tuple(terms)
        self.options = options
        self.widget: Any = None

    def _ipython_display_(self) -> None:
        if not interactive():
            return
        from IPython.display import display

        self.widget = self.widget or self._build()
        display(self.widget)  # type: ignore[no-untyped-call, unused-ignore]

    def __repr__(self) -> str:
        return ""

    def result(
        self, outlets: Sequence[str] = (), date_from: str = "", date_to: str = "", terms: str | None = None
    ) -> Any:
        """Return what the steps make of the articles that are chosen; `terms` are parted by commas."""
        from corpus_tools.articles import select

        chosen = select(self.articles, outlets=list(outlets), date_from=date_from, date_to=date_to)
        first, *others = self.steps
        takes_terms = terms is not None and len(inspect.signature(first).parameters) > 1
        words = [term.strip() for term in (terms or "").split(",") if term.strip()]
        made = first(chosen, words, **self.options) if takes_terms else first(chosen, **self.options)
        for step in others:
            made = step(made)
        return made

    def _build(self) -> Any:
        from importlib import import_module

        from IPython.display import display

        ipywidgets: Any = import_module("ipywidgets")
        names = sorted(self.articles["outlet"].dropna().unique())
        outlets = ipywidgets.SelectMultiple(options=names, description="Outlets", rows=min(len(names) or 1, 8))
        first = ipywidgets.Text(description="From", placeholder="YYYY-MM-DD")
        last = ipywidgets.Text(description="To", placeholder="YYYY-MM-DD")
        terms = ipywidgets.Text(description="Terms", placeholder="parted by commas", value=", ".join(self.terms))
        said = ipywidgets.Output()

        def follow(_change: Any = None) -> None:
            said.clear_output(wait=True)
            with said:
                try:
                    shown = self.result(outlets.value, first.value.strip(), last.value.strip(), terms.value)
                except Exception as error:  # whatever is wrong with what was chosen is said, not raised
                    display({"text/plain": str(error)}, raw=True)  # type: ignore[no-untyped-call, unused-ignore]
                else:
                    display(_alone(shown))  # type: ignore[no-untyped-call, unused-ignore]

        for control in (outlets, first, last, terms):
            control.continuous_update = False
            control.observe(follow, names="value")
        follow()
        return ipywidgets.VBox([outlets, ipywidgets.HBox([first, last]), terms, said])


def _alone(shown: Any) -> Any:
    """Return what is to be shown; a plot as its figure, which the notebook does not show once more by itself."""
    figure = getattr(shown, "figure", None)
    if figure is None:
        return shown
    from matplotlib import pyplot

    pyplot.close(figure)
    return figure


def form(articles: pd.DataFrame, *steps: Callable[..., Any], terms: Sequence[str] = (), **options: Any) -> Form:
    """Return a form in which articles are chosen by outlet and date, and what `steps` make of them follows.

    It needs ``ipywidgets`` (``corpus-tools[lab]``) and JupyterLab. Where a notebook is executed without anybody looking
    (papermill, `corpus-tools report`), it does nothing and leaves nothing.

    Parameters
    ----------
    articles : DataFrame
        To choose from.
    *steps : callable
        The first gets the chosen articles (and the terms, where it takes a second argument), the others what the one
        before gave: ``ct.reports.form(articles, ct.terms.trend, ct.plots.term_trends)``.
    terms : sequence of str, optional
        Terms that stand in the form at first.
    **options
        For the first step, by keyword.

    Returns
    -------
    Form
        Its ``result`` gives the same without a form.

    Examples
    --------
    >>> from corpus_tools.schema import ARTICLES
    >>> form(ARTICLES.empty(), len).result()
    0
    """
    require(articles, "outlet", "published")
    return Form(articles, steps, options, terms)


def interactive() -> bool:
    """Return whether a Jupyter server started this kernel, so that somebody can use a form."""
    return "JPY_SESSION_NAME" in os.environ
