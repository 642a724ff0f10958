"""Many texts at once: annotations one after the other, and a table of all tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from corpus_tools.language.annotation import Annotation

if TYPE_CHECKING:
    import pandas as pd


#: How many texts, and about how many characters of them, are annotated together.
_TEXTS, _CHARACTERS = 64, 200_000
#: Columns of the table of tokens that come from the tokens, and how many rows are put into a table at a time.
_COLUMNS, _ROWS = ("start", "end", "text", "lemma", "upos", "xpos"), 200_000


def annotate_all(texts: Iterable[object]) -> Iterator[Annotation]:
    """Annotate texts in order; faster than one by one, and only a few are kept at a time, however many there are.

    Texts are read some ahead (64, or 200,000 characters), since they share the work; what is asked of one annotation is
    worked out for these, and what is not asked for is not.

    Parameters
    ----------
    texts : iterable of str
        For instance the column ``text`` of a table of articles; a missing text counts as an empty one.

    Yields
    ------
    Annotation
        One for each text, in order; the same as `annotate` gives.

    Examples
    --------
    >>> [len(annotation.tokens) for annotation in annotate_all(["It rained.", "Nobody came to Bonn."])]
    [3, 5]
    """
    from corpus_tools.language._batch import Batch

    for some in _together(texts):
        batch = Batch(some)
        for number, text in enumerate(some):
            yield Annotation(text, batch, number)


def _together(texts: Iterable[object]) -> Iterator[list[str]]:
    """Read texts until there are enough."""
    some: list[str] = []
    characters = 0
    for item in texts:
        text = item if isinstance(item, str) else ""
        if some and (len(some) == _TEXTS or characters + len(text) > _CHARACTERS):
            yield some
            some, characters = [], 0
        some.append(text)
        characters += len(text)
    if some:
        yield some


def tokens_table(articles: pd.DataFrame) -> pd.DataFrame:
    """Tokens of all articles with their tags and dictionary forms, one row a token.

    Parameters
    ----------
    articles : DataFrame
        With the columns ``article_id`` and ``text``.

    Returns
    -------
    DataFrame
        ``article_id``; ``sentence``, counted from 0 in each article; ``start`` and ``end``, characters of the article's
        text; ``text`` as written; ``lemma``; ``upos`` and ``xpos``, universal and Penn tag.

    Raises
    ------
    MissingColumn
        When one of the two columns is not there.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"article_id": ["a"], "text": ["Rain fell. Nobody came."]})
    >>> tokens_table(articles)[["sentence", "start", "end", "text", "lemma", "upos"]].head(4)
       sentence  start  end    text   lemma   upos
    0         0      0    4    Rain    rain   NOUN
    1         0      5    9    fell    fall   VERB
    2         0      9   10       .       .  PUNCT
    3         1     11   17  Nobody  nobody   PRON
    """
    import numpy as np
    import pandas as pd

    from corpus_tools.errors import MissingColumn

    for name in ("article_id", "text"):
        if name not in articles.columns:
            raise MissingColumn(f"The table has no column {name!r}; it needs 'article_id' and 'text'.")
    parts: list[pd.DataFrame] = []
    columns: dict[str, list[object]] = {name: [] for name in _COLUMNS}
    counts, sentences = [], [np.zeros(0, dtype=np.intp)]
    for annotation in annotate_all(articles["text"]):
        tokens = annotation.tokens
        counts.append(len(tokens))
        sentences.append(np.repeat(np.arange(len(annotation.sentence_lengths)), annotation.sentence_lengths))
        for name, values in zip(("start", "end", "text"), zip(*tokens, strict=True) if tokens else (), strict=False):
            columns[name].extend(values)
        columns["lemma"].extend(annotation.lemmas)
        columns["upos"].extend(annotation.upos)
        columns["xpos"].extend(annotation.xpos)
        if len(columns["start"]) > _ROWS:
            parts.append(_frame(columns))
            columns = {name: [] for name in _COLUMNS}
    table = pd.concat([*parts, _frame(columns)], ignore_index=True)
    table.insert(0, "sentence", np.concatenate(sentences))
    table.insert(0, "article_id", np.repeat(articles["article_id"].to_numpy(), counts))
    return table


def _frame(columns: dict[str, list[object]]) -> pd.DataFrame:
    """Make a table of tokens, which takes less room than lists do."""
    import pandas as pd

    types = {name: "int64" if name in {"start", "end"} else "str" for name in columns}
    return pd.DataFrame({name: pd.Series(values, dtype=types[name]) for name, values in columns.items()})
