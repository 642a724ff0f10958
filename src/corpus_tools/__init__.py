"""What is said, who says it, when did it happen: news articles as tables.

>>> import corpus_tools as ct                                    # doctest: +SKIP
>>> articles = ct.read("folder/")                                # doctest: +SKIP
>>> ct.terms.frequency(articles, by="outlet")                    # doctest: +SKIP
>>> ct.attribution.find(articles)                                # doctest: +SKIP
>>> ct.timeline.events(articles)                                 # doctest: +SKIP

Rooms and functions are imported when they are first used, so that importing the package stays cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus_tools import articles, attribution, compute, language, plots, quality, reports, schema, terms, timeline
    from corpus_tools.articles import build, open, read
    from corpus_tools.compute import engine

__version__ = "0.1.0"

__all__ = [
    "__version__",
    "articles",
    "attribution",
    "build",
    "compute",
    "engine",
    "language",
    "open",
    "plots",
    "quality",
    "read",
    "reports",
    "schema",
    "terms",
    "timeline",
]

_ROOMS = {
    "articles",
    "attribution",
    "compute",
    "errors",
    "language",
    "plots",
    "quality",
    "reports",
    "schema",
    "terms",
    "timeline",
}
_FUNCTIONS = {"read": "articles", "open": "articles", "build": "articles", "engine": "compute"}


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"corpus_tools.{name}")
    if name in _FUNCTIONS:
        return getattr(import_module(f"corpus_tools.{_FUNCTIONS[name]}"), name)
    raise AttributeError(f"module 'corpus_tools' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
