"""Where terms stand, in characters."""

import pandas as pd

from corpus_tools.terms import frequency, occurrences, tokens

ARTICLES = pd.DataFrame(
    {
        "article_id": ["a", "b", "c"],
        "outlet": ["Harbour Post", "Tamrin Voice", None],
        "published": pd.to_datetime(["2031-03-03", "2031-04-01", None]),
        "text": [
            "The ferry was late.\n\nNobody at the old quay saw the ferry; the ferry's bell rang.",
            "A Ferry sank “near the quay”. Ferry boats rose.",
            "",
        ],
    }
)


def words(found: pd.DataFrame) -> list[str]:
    texts = dict(zip(ARTICLES["article_id"], ARTICLES["text"], strict=True))
    return [texts[row.article_id][row.start : row.end] for row in found.itertuples()]


def test_places_are_those_that_frequency_counts() -> None:
    counted = frequency(ARTICLES).set_index("term")["count"]
    found = occurrences(ARTICLES, counted.index.tolist())
    assert found.groupby("term").size().to_dict() == counted.to_dict()
    assert [word.lower() for word in words(found)] == found["term"].tolist()


def test_phrases_and_patterns_are_found_whole() -> None:
    assert words(occurrences(ARTICLES, ["old quay", "r*"])) == ["old quay", "rang", "rose"]


def test_of_many_places_some_are_taken_evenly_and_their_number_is_said() -> None:
    text = " ".join(f"ferry{' x' * (number % 3)}" for number in range(1000))
    found = occurrences(pd.DataFrame({"article_id": ["a"], "text": [text]}), "ferry", most=10)
    assert found["of"].tolist() == [1000] * 10
    assert found["start"].iloc[0] == 0
    assert found["start"].diff().min() > len(text) / 15
    assert found["start"].iloc[-1] > len(text) * 0.85


def test_so_many_of_each_group() -> None:
    found = occurrences(ARTICLES, "ferry", by="outlet", most=1)
    assert dict(zip(found["outlet"], found["of"], strict=True)) == {"Harbour Post": 2, "Tamrin Voice": 2}
    assert occurrences(ARTICLES, ["quay"], by="month")["month"].tolist() == ["2031-03", "2031-04"]
    assert occurrences(ARTICLES, ["quay"], by="article_id")["article_id"].tolist() == ["a", "b"]


def test_company_is_both_words_and_what_stands_between() -> None:
    assert occurrences(ARTICLES.head(1), "ferry", near="quay", window=2).empty
    found = occurrences(ARTICLES.head(1), "ferry", near="quay", window=3)
    assert words(found) == ["quay saw the ferry"]
    assert [len(spans) for spans in found["spans"]] == [2]


def test_company_does_not_reach_into_another_article() -> None:
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": ["The quay.", "Ferry."]})
    assert occurrences(articles, "ferry", near="quay").empty


def test_nothing_gives_an_empty_table_with_all_columns() -> None:
    columns = ["article_id", "start", "end", "spans", "term", "of"]
    assert occurrences(ARTICLES, []).columns.tolist() == columns
    assert occurrences(ARTICLES.head(0), "ferry", near="quay").columns.tolist() == columns
    assert occurrences(ARTICLES, ["airship"], tokens=tokens(ARTICLES)).empty
