"""What people write to search, in the language of SQLite's FTS5."""

from __future__ import annotations

import re

from corpus_tools.errors import InvalidQuery

#: Words that may stand between two that are near, when the query does not say.
NEAR = 10
_PIECE = re.compile(
    r"""\s*(?:
        (?P<open>\() | (?P<close>\)) |
        (?P<near>NEAR(?:/(?P<distance>\d{1,4}))?)(?=[\s("]|$) |
        (?P<operator>AND|OR|NOT)(?=[\s("]|$) |
        (?P<field>title|text):(?=\S) |
        "(?P<phrase>[^"]*)"(?P<begun>\*?) |
        (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE,
)


def to_fts(query: str) -> str:
    """Return a query in FTS5's language.

    Parameters
    ----------
    query : str
        As `corpus_tools.articles.index.Index.search` describes it.

    Raises
    ------
    InvalidQuery
        When it is empty, or has an operator with nothing to go with.

    Examples
    --------
    >>> to_fts('"car bomb" NEAR kabul')
    'NEAR("car bomb" "kabul", 10)'
    >>> to_fts("flood* NOT (burst-pipe OR title:dam)")
    '"flood"* NOT ( "burst-pipe" OR title : "dam" )'
    """
    pieces = _pieces(query)
    if not any(kind == "term" for kind, _ in pieces):
        raise InvalidQuery(
            'The query holds no word; give a word, "a phrase", flood*, or several with AND, OR, NOT, NEAR.'
        )
    said: list[str] = []
    place = 0
    while place < len(pieces):
        kind, text = pieces[place]
        if kind == "near":
            raise InvalidQuery(f"NEAR stands between two words or phrases; {query!r} has it elsewhere.")
        if kind == "term" and place + 1 < len(pieces) and pieces[place + 1][0] == "near":
            run, distance, place = _near(pieces, place, query)
            said.append(f"NEAR({' '.join(run)}, {distance})")
            continue
        said.append(text)
        place += 1
    return " ".join(said)


def _near(pieces: list[tuple[str, str]], place: int, query: str) -> tuple[list[str], int, int]:
    """Return terms that are joined by NEAR, the largest distance among them, and what comes behind."""
    run, distance = [pieces[place][1]], 0
    while place + 1 < len(pieces) and pieces[place + 1][0] == "near":
        if place + 2 >= len(pieces) or pieces[place + 2][0] != "term":
            raise InvalidQuery(f"NEAR stands between two words or phrases; {query!r} has it elsewhere.")
        distance = max(distance, int(pieces[place + 1][1]))
        run.append(pieces[place + 2][1])
        place += 2
    return run, distance, place + 1


def _pieces(query: str) -> list[tuple[str, str]]:
    found = []
    for match in _PIECE.finditer(query.replace("\0", " ").replace("“", '"').replace("”", '"')):
        if match["near"]:
            found.append(("near", match["distance"] or str(NEAR)))
        elif match["phrase"] is not None:
            if re.search(r"\w", match["phrase"]):
                found.append(("term", f'"{match["phrase"]}"{match["begun"]}'))
        elif match["word"]:
            word = match["word"].rstrip("*")
            if re.search(r"\w", word):
                found.append(("term", f'"{word}"{"*" if match["word"].endswith("*") else ""}'))
        elif match["field"]:
            found.append(("other", f"{match['field']} :"))
        else:
            found.append(("other", match["open"] or match["close"] or match["operator"]))
    return found
