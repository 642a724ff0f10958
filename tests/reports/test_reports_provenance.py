"""How a report says what it was computed from."""

from html import unescape
from types import SimpleNamespace

import pytest

from corpus_tools.errors import MissingColumn
from corpus_tools.reports import computed
from corpus_tools.reports.provenance import MIMETYPE
from corpus_tools.schema import ARTICLES

CORPUS = SimpleNamespace(name="<b>sample</b>", fingerprint="0a1b")


def articles(*days: str | None):
    return ARTICLES.conform([{"article_id": str(n), "text": "x", "published": day} for n, day in enumerate(days)])


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((), "no article is left by these parameters."),
        ((None,), "1 article, without a date of publication."),
        ((None, None), "2 articles, none with a date of publication."),
        (("2016-08-02",), "1 article, published on 2016-08-02."),
        (("2016-08-02", "2016-07-01", None), "3 articles, published from 2016-07-01 to 2016-08-02 (1 without a date)."),
    ],
)
def test_counts_and_dates(days: tuple[str | None, ...], said: str) -> None:
    assert computed(CORPUS, articles(*days), parameters={}).sentences[0].endswith(said)


def test_hands_its_facts_to_the_index_and_escapes_its_page() -> None:
    made = computed(CORPUS, articles("2016-08-02"), parameters={"outlets": ["<i>"], "top_n": 2000, "date_from": ""})
    bundle = made._repr_mimebundle_()
    assert bundle[MIMETYPE] == {
        "corpus": "<b>sample</b>",
        "fingerprint": "0a1b",
        "articles": 1,
        "undated": 0,
        "first": "2016-08-02",
        "last": "2016-08-02",
    }
    assert "<b>" not in bundle["text/html"]
    assert "Parameters: outlets = <i>, top_n = 2000, date_from = (none)." in unescape(bundle["text/html"])
    assert "pandas" in repr(made)


def test_needs_articles() -> None:
    with pytest.raises(MissingColumn, match="published"):
        computed(CORPUS, articles().drop(columns="published"), parameters={})
