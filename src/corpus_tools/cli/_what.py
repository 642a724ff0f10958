"""Commands that say what is said: terms, key words, company, trends, and words in their contexts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import corpus_tools as ct
from corpus_tools.cli._app import WORDS, app
from corpus_tools.cli._options import CORPUS, FROM, OUT_OR_SHOW, OUTLETS, TO, TOP, Choice, give
from corpus_tools.cli._saying import working
from corpus_tools.errors import InvalidQuery

if TYPE_CHECKING:
    import pandas as pd

_NGRAMS = Annotated[list[int] | None, typer.Option("--ngrams", min=1, help="Words in a term, 1; may be repeated.")]
_STOPWORDS = Annotated[str | None, typer.Option("--stopwords", help="Leave out the function words of a language: en.")]
_STEMMING = Annotated[
    str | None, typer.Option("--stemming", help="lemma, or the language of a Snowball stemmer (english).")
]
_BY = Annotated[
    list[str] | None, typer.Option("--by", help="Groups: outlet, day, week, month, year, any column; may be repeated.")
]
_CONCEPTS = Annotated[Path | None, typer.Option("--concepts", help="YAML file of concepts, each with its names.")]
_MIN_COUNT = Annotated[int, typer.Option("--min-count", min=1, help="Fewest occurrences.")]


@app.command(rich_help_panel=WORDS)
def terms(
    path: CORPUS,
    out: OUT_OR_SHOW = None,
    ngrams: _NGRAMS = None,
    by: _BY = None,
    concepts: _CONCEPTS = None,
    stopwords: _STOPWORDS = None,
    stemming: _STEMMING = None,
    min_count: _MIN_COUNT = 1,
    outlet: OUTLETS = None,
    date_from: FROM = None,
    date_to: TO = None,
    top: TOP = 20,
) -> None:
    """How often each term is used (`corpus_tools.terms.frequency`), or each name of a concept."""
    shown = [*(by or []), "concept", "variant", "term", "count", "per_million", "low", "high", "documents"]
    with give(out, shown, top) as given, working(f"Reading {path} …"):
        read = None if concepts is None else ct.terms.Concepts.read(concepts)
        articles = Choice(outlet, date_from, date_to).of(ct.open(path).articles)
        if read is not None:
            given.table = ct.terms.concept_frequency(articles, read, by=by)
        else:
            given.table = ct.terms.frequency(
                articles, ngrams=ngrams or (1,), by=by, stopwords=stopwords, stemming=stemming, min_count=min_count
            )


@app.command(rich_help_panel=WORDS)
def concordance(
    path: CORPUS,
    query: Annotated[list[str], typer.Argument(help="Word, 'several words', flood*, 'the * minister' or /regex/.")],
    out: OUT_OR_SHOW = None,
    window: Annotated[int, typer.Option(min=0, help="Words on either side.")] = 8,
    sort: Annotated[
        list[str] | None, typer.Option(help="text, left, right, match, outlet, published, 1R, 2L; may be repeated.")
    ] = None,
    outlet: OUTLETS = None,
    date_from: FROM = None,
    date_to: TO = None,
    top: TOP = 20,
) -> None:
    """Words in their contexts (`corpus_tools.terms.concordance`); a built corpus is searched by its index."""
    choice = Choice(outlet, date_from, date_to)
    with give(out, ("article_id", "published", "left", "match", "right"), top) as given, working(f"Searching {path} …"):
        corpus = ct.open(path)
        source = corpus.index() if corpus.is_built and not choice else choice.of(corpus.articles)
        given.table = ct.terms.concordance(source, query, window=window, sort=sort or ["text"])


@app.command(rich_help_panel=WORDS)
def keyness(
    path: CORPUS,
    reference: Annotated[
        str | None, typer.Option(help="Another corpus, or a table with term and count (.csv, .parquet, .jsonl).")
    ] = None,
    out: OUT_OR_SHOW = None,
    measure: Annotated[str, typer.Option(help="What to rank by, e.g. log_ratio.")] = "log_likelihood",
    ngrams: _NGRAMS = None,
    stopwords: _STOPWORDS = None,
    min_count: _MIN_COUNT = 1,
    outlet: OUTLETS = None,
    date_from: FROM = None,
    date_to: TO = None,
    top: TOP = 20,
) -> None:
    """Which terms set the chosen articles apart from all others, or from a reference (`corpus_tools.terms.keyness`)."""
    shown = ("term", "count", "reference_count", "log_ratio", "log_ratio_low", "log_ratio_high", "score", "q")
    choice = Choice(outlet, date_from, date_to)
    if reference is None and not choice:
        raise InvalidQuery("Say what to compare: --outlet, --from or --to choose articles, --reference another corpus.")
    with give(out, shown, top) as given, working(f"Reading {path} …"):
        articles = ct.open(path).articles
        target = choice.of(articles)
        other = (
            articles[~articles["article_id"].isin(target["article_id"])] if reference is None else _reference(reference)
        )
        options: dict[str, Any] = {"ngrams": ngrams or (1,), "stopwords": stopwords, "min_count": min_count}
        given.table = ct.terms.keyness(target, other, measure=measure, **options)


@app.command(rich_help_panel=WORDS)
def collocations(
    path: CORPUS,
    node: Annotated[str | None, typer.Argument(help="Query whose neighbours are wanted; else, all pairs.")] = None,
    out: OUT_OR_SHOW = None,
    window: Annotated[int | None, typer.Option(min=1, help="Words on either side: 5 of a query, 1 for pairs.")] = None,
    measure: Annotated[str, typer.Option(help="What to rank by, e.g. log_likelihood.")] = "log_dice",
    stopwords: _STOPWORDS = None,
    min_count: _MIN_COUNT = 5,
    outlet: OUTLETS = None,
    date_from: FROM = None,
    date_to: TO = None,
    top: TOP = 20,
) -> None:
    """Which words stand together more often than chance has it (`corpus_tools.terms.collocations`)."""
    shown = ("node", "collocate", "count", "expected", "documents", "log_dice", "npmi", "log_likelihood", measure)
    with give(out, tuple(dict.fromkeys(shown)), top) as given, working(f"Reading {path} …"):
        articles = Choice(outlet, date_from, date_to).of(ct.open(path).articles)
        given.table = ct.terms.collocations(
            articles, node=node, window=window, measure=measure, stopwords=stopwords, min_count=min_count
        )


@app.command(rich_help_panel=WORDS)
def trend(
    path: CORPUS,
    query: Annotated[list[str], typer.Argument(help="Words, 'phrases' or patterns (flood*), each for itself.")],
    out: OUT_OR_SHOW = None,
    every: Annotated[str, typer.Option(help="day, week, month, quarter or year.")] = "month",
    by: _BY = None,
    outlet: OUTLETS = None,
    date_from: FROM = None,
    date_to: TO = None,
    top: TOP = 50,
) -> None:
    """How often terms are used over time (`corpus_tools.terms.trend`)."""
    shown = [*(by or []), "period", "term", "count", "per_million", "low", "high", "documents", "articles"]
    with give(out, shown, top) as given, working(f"Reading {path} …"):
        articles = Choice(outlet, date_from, date_to).of(ct.open(path).articles)
        given.table = ct.terms.trend(articles, query, freq=every, by=by)


def _reference(path: str) -> pd.DataFrame:
    """Return a reference's articles, or its list of frequencies where the file holds one."""
    import pandas as pd

    readers: dict[str, Any] = {
        ".csv": lambda: pd.read_csv(path, keep_default_na=False, encoding="utf-8-sig"),
        ".parquet": lambda: pd.read_parquet(path),
        ".jsonl": lambda: pd.read_json(path, lines=True),
    }
    file = Path(path)
    if file.is_file() and file.suffix in readers:
        table: pd.DataFrame = readers[file.suffix]()
        if {"term", "count"} <= set(table.columns):
            return table
    return ct.open(path).articles
