"""Score tables against a reader's notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.quality.expected import Expected, ExpectedArticle, ExpectedAttribution, ExpectedEvent, Span, load

METADATA = (
    "title", "authors", "outlet", "published", "original_outlet", "original_published", "wire", "regions", "themes",
)  # fmt: skip

#: Lists whose order says nothing.
UNORDERED = ("regions", "themes")

#: Content counts as found when the Jaccard index of its words and the words found is at least this.
CONTENT_OVERLAP = 0.5

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")


@dataclass(frozen=True)
class _Case:
    """One comparison: what was expected, what was found, and whether they agree."""

    measure: str
    source: str
    expected: Any
    found: Any
    right: bool


def compare(
    folder: str | Path,
    articles: pd.DataFrame,
    *,
    attributions: pd.DataFrame | None = None,
    events: pd.DataFrame | None = None,
    reports: pd.DataFrame | None = None,
    reprints: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say how well a corpus was read.

    Parameters
    ----------
    folder : path
        Folder of a reader's notes (see `load`).
    articles : DataFrame
        The corpus that the notes are about.
    attributions, events : DataFrame, optional
        What ``attribution.find`` and ``timeline.events`` give for it.
    reports : DataFrame, optional
        What ``timeline.reports`` gives: ``event_id`` beside ``article_id``, ``start`` and ``end``.
    reprints : DataFrame, optional
        What ``articles.reprints`` gives.

    Returns
    -------
    DataFrame
        One row per measure: ``measure``; ``right``, ``found`` and ``expected`` (numbers of cases); ``precision`` =
        right / found, ``recall`` = right / expected and ``f1``, in [0, 1], missing where nothing is found or expected.

        - ``metadata: ...`` the field is exactly as expected (regions and themes in any order); fields that the reader
          and the program both left empty do not count.
        - ``text: first sentence`` and ``text: last sentence``: the body begins and ends there.
        - ``attributions``: cues overlap, sources share a word (or both are missing) and the Jaccard index of the words
          of the contents is at least 0.5, in a maximum one-to-one matching; ``attributions: speaker`` (and ``kind``,
          ``anonymity``) among those matched.
        - ``events``: of the same kind, in the same sentence; ``events: date`` (``killed``, ``injured``) among those.
        - ``timeline: pairs``: pairs of matched events in different articles that are one event.
        - ``reprints: pairs``: an article and the one it was copied from are in one cluster.

    Examples
    --------
    >>> import corpus_tools as ct                                            # doctest: +SKIP
    >>> articles = ct.read("data/sample")                                    # doctest: +SKIP
    >>> ct.quality.compare("data/sample/expected", articles)                 # doctest: +SKIP
    """
    expected = load(folder, articles)
    rows = [_row(measure, cases) for measure, cases in _by_measure(_metadata_cases(expected, articles)).items()]
    if attributions is not None:
        matched = _match_attributions(expected, attributions)
        rows += _matched_rows("attributions", matched, _attribution_details)
    if events is not None:
        pairs = _match_events(expected, events)
        rows += _matched_rows("events", pairs, _event_details)
        if reports is not None:
            rows.append(_pairs_row("timeline: pairs", *_event_pairs(pairs, reports)))
    if reprints is not None:
        rows.append(_pairs_row("reprints: pairs", *_reprint_pairs(expected, reprints)))
    return pd.DataFrame(rows, columns=["measure", "right", "found", "expected", "precision", "recall", "f1"])


def differences(
    folder: str | Path,
    articles: pd.DataFrame,
    *,
    attributions: pd.DataFrame | None = None,
    events: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """List every case in which the tables and the reader's notes differ.

    Parameters
    ----------
    folder, articles, attributions, events
        As for `compare`.

    Returns
    -------
    DataFrame
        ``measure``, ``source`` (the article's file), ``expected`` and ``found`` as text, missing where there is none.
    """
    expected = load(folder, articles)
    texts = dict(zip(articles.article_id, articles.text, strict=True))
    cases = [case for case in _metadata_cases(expected, articles) if not case.right]
    if attributions is not None:
        cases += _unmatched("attributions", _match_attributions(expected, attributions), texts)
    if events is not None:
        cases += _unmatched("events", _match_events(expected, events), texts)
    rows = [(case.measure, case.source, _shown(case.expected), _shown(case.found)) for case in cases]
    return pd.DataFrame(rows, columns=["measure", "source", "expected", "found"])


# -- metadata ---------------------------------------------------------------------------------------------------------


def _metadata_cases(expected: Expected, articles: pd.DataFrame) -> list[_Case]:
    rows = articles.set_index("article_id")
    cases = []
    for article in expected.articles:
        row = rows.loc[article.article_id]
        for name in METADATA:
            wanted, got = _value(article.metadata.get(name)), _value(row[name])
            if name in UNORDERED:
                wanted, got = (None if value is None else tuple(sorted(value)) for value in (wanted, got))
            if wanted is not None or got is not None:
                cases.append(_Case(f"metadata: {name}", article.source, wanted, got, wanted == got))
        text = " ".join(str(row.text).split())
        first, last = article.metadata.get("first_sentence"), article.metadata.get("last_sentence")
        if first:
            cases.append(
                _Case("text: first sentence", article.source, first, text[: len(first)], text.startswith(first))
            )
        if last:
            cases.append(_Case("text: last sentence", article.source, last, text[-len(last) :], text.endswith(last)))
    return cases


def _value(value: Any) -> Any:
    if isinstance(value, (list, np.ndarray)):
        return tuple(value) or None
    if value is None or value is pd.NaT or value != value:
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value


def _by_measure(cases: Iterable[_Case]) -> dict[str, list[_Case]]:
    groups: dict[str, list[_Case]] = {}
    for case in cases:
        groups.setdefault(case.measure, []).append(case)
    order = [f"metadata: {name}" for name in METADATA] + ["text: first sentence", "text: last sentence"]
    return {measure: groups[measure] for measure in order if measure in groups}


def _row(measure: str, cases: Sequence[_Case]) -> tuple[Any, ...]:
    found = sum(case.found is not None for case in cases)
    wanted = sum(case.expected is not None for case in cases)
    return _figures(measure, sum(case.right for case in cases), found, wanted)


def _figures(measure: str, right: int, found: int, expected: int) -> tuple[Any, ...]:
    precision = right / found if found else np.nan
    recall = right / expected if expected else np.nan
    f1 = 2 * right / (found + expected) if found + expected else np.nan
    return measure, right, found, expected, precision, recall, f1


# -- attributions and events: one-to-one matching ----------------------------------------------------------------------

_Matched = list[tuple[ExpectedArticle, list[tuple[Any, Any]], list[Any], list[Any]]]


def _match(
    expected: Expected,
    table: pd.DataFrame,
    wanted: Callable[[ExpectedArticle], Sequence[Any]],
    fit: Callable[[Any, Any], float],
) -> _Matched:
    """Pair expected cases and rows of each article so that as many as possible fit, the best fits first."""
    from scipy.optimize import linear_sum_assignment

    by_article = {str(key): list(rows.itertuples(index=False)) for key, rows in table.groupby("article_id", sort=False)}
    matched: _Matched = []
    for article in expected.articles:
        cases, rows = list(wanted(article)), by_article.get(article.article_id, [])
        scores = np.array([[fit(case, row) for row in rows] for case in cases]).reshape(len(cases), len(rows))
        # One pair more always outweighs better fits of fewer pairs.
        picked = linear_sum_assignment(np.where(scores > 0, 1 + scores / (1 + scores.size), 0), maximize=True)
        pairs = [(i, j) for i, j in zip(*picked, strict=True) if scores[i, j] > 0]
        paired_cases, paired_rows = {i for i, _ in pairs}, {j for _, j in pairs}
        left = [case for i, case in enumerate(cases) if i not in paired_cases]
        over = [row for j, row in enumerate(rows) if j not in paired_rows]
        matched.append((article, [(cases[i], rows[j]) for i, j in pairs], left, over))
    return matched


def _matched_rows(
    name: str, matched: _Matched, details: Callable[[Any, Any], Iterator[tuple[str, bool, bool]]]
) -> list[tuple[Any, ...]]:
    right = sum(len(pairs) for _, pairs, _, _ in matched)
    left, over = sum(len(left) for _, _, left, _ in matched), sum(len(over) for _, _, _, over in matched)
    rows = [_figures(name, right, right + over, right + left)]
    counts: dict[str, list[int]] = {}
    for _, pairs, _, _ in matched:
        for case, row in pairs:
            for detail, agrees, given in details(case, row):
                count = counts.setdefault(detail, [0, 0, 0])
                count[0] += agrees
                count[1] += given
                count[2] += 1
    return rows + [_figures(f"{name}: {detail}", *count) for detail, count in counts.items()]


def _unmatched(name: str, matched: _Matched, texts: dict[str, str]) -> list[_Case]:
    cases = []
    for article, _, left, over in matched:
        text = texts[article.article_id]
        cases += [_Case(name, article.source, _describe(case, text), None, False) for case in left]
        cases += [_Case(name, article.source, None, _describe(row, text), False) for row in over]
    return cases


def _describe(case: Any, text: str) -> str:
    if isinstance(case, ExpectedAttribution):
        parts = (case.source, case.cue, case.content)
        return " | ".join(" … ".join(text[start:end] for start, end in spans) or "–" for spans in parts)
    if isinstance(case, ExpectedEvent):
        sentence = "–" if case.sentence is None else text[slice(*case.sentence)]
        return f"{case.kind}, {case.date or 'undated'}: {sentence}"
    if hasattr(case, "cue"):
        return " | ".join(_shown(part) or "–" for part in (case.source, case.cue, case.content))
    return f"{case.kind}, {_value(case.begin) or 'undated'}: {case.sentence}"


def _shown(value: Any) -> str | None:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


# -- attributions ------------------------------------------------------------------------------------------------------


def _match_attributions(expected: Expected, attributions: pd.DataFrame) -> _Matched:
    speech = (
        attributions[attributions.is_speech.fillna(True).astype(bool)] if "is_speech" in attributions else attributions
    )
    return _match(expected, speech, lambda article: article.attributions, _attribution_fit)


def _attribution_fit(case: ExpectedAttribution, row: Any) -> float:
    """Give the Jaccard index of the contents when cue, source and content fit; else 0."""
    if not _meet(row.cue_spans, case.cue) or not _meet(row.source_spans, case.source):
        return 0.0
    content, wanted = _characters(row.content_spans), _characters(case.content)
    union = len(content | wanted)
    overlap = len(content & wanted) / union if union else 0.0
    return overlap if overlap >= CONTENT_OVERLAP else 0.0


def _characters(spans: Iterable[Span | list[int]]) -> set[int]:
    return {position for start, end in spans for position in range(start, end)}


def _meet(one: Sequence[Span | list[int]], other: Sequence[Span | list[int]]) -> bool:
    """Tell whether spans share a character, or both are missing."""
    return any(a[0] < b[1] and b[0] < a[1] for a in one for b in other) or (not one and not other)


def _attribution_details(case: ExpectedAttribution, row: Any) -> Iterator[tuple[str, bool, bool]]:
    if case.speaker is not None:
        given = isinstance(row.speaker, str)
        yield "speaker", given and _same_name(case.speaker, row.speaker), given
    yield "kind", case.kind == row.kind, True
    yield "anonymity", case.anonymity == row.anonymity, True


def _same_name(one: str, other: str) -> bool:
    first, second = (
        tuple(_WORD.findall(re.sub(r"^(?:the|an?)\s+", "", name.strip().lower()))) for name in (one, other)
    )
    return first == second


# -- events and their merging --------------------------------------------------------------------------------------


def _match_events(expected: Expected, events: pd.DataFrame) -> _Matched:
    return _match(expected, events, lambda article: article.events, _event_fit)


def _event_fit(case: ExpectedEvent, row: Any) -> float:
    if case.sentence is None or case.kind != row.kind:
        return 0.0
    shared = min(case.sentence[1], row.end) - max(case.sentence[0], row.start)
    return 0.0 if shared <= 0 else 1.0 + (_same_date(case, row) and case.date is not None)


def _same_date(case: ExpectedEvent, row: Any) -> bool:
    begin, finish = _value(row.begin), _value(row.finish)
    if case.date is None or begin is None:
        return case.date is None and begin is None
    period = pd.Period(case.date)
    wanted = (period.start_time.date().isoformat(), period.end_time.date().isoformat())
    return (begin, finish or begin) == wanted


def _event_details(case: ExpectedEvent, row: Any) -> Iterator[tuple[str, bool, bool]]:
    if case.date is not None:
        yield "date", _same_date(case, row), _value(row.begin) is not None
    yield "status", case.status == row.status, True
    for name, bounds in (("killed", case.killed), ("injured", case.injured)):
        if bounds is not None:
            got = _bounds(row, name)
            yield name, got == bounds, got[0] is not None


def _bounds(row: Any, name: str) -> tuple[int | None, int | None]:
    low, high = (getattr(row, f"{name}_{end}") for end in ("min", "max"))
    return None if pd.isna(low) else int(low), None if pd.isna(high) else int(high)


def _event_pairs(matched: _Matched, reports: pd.DataFrame) -> tuple[set[Any], set[Any]]:
    ids = {(row.article_id, row.start, row.end, row.kind): row.event_id for row in reports.itertuples(index=False)}
    members: list[tuple[tuple[Any, ...], str | None, Any]] = []
    for article, pairs, _, _ in matched:
        for case, row in pairs:
            key = (article.article_id, row.start, row.end, row.kind)
            members.append((key, case.event, ids.get(key)))
    wanted, found = set(), set()
    for one, other in combinations(members, 2):
        if one[0][0] == other[0][0]:
            continue
        pair = frozenset((one[0], other[0]))
        if one[1] is not None and one[1] == other[1]:
            wanted.add(pair)
        if one[2] is not None and one[2] == other[2]:
            found.add(pair)
    return wanted, found


def _reprint_pairs(expected: Expected, reprints: pd.DataFrame) -> tuple[set[Any], set[Any]]:
    import networkx as nx

    known = {article.article_id for article in expected.articles}
    copies: nx.Graph[str] = nx.Graph()
    for article in expected.articles:
        original = expected.by_source.get(article.reprint_of or "")
        if original is not None:
            copies.add_edge(original, article.article_id)
    clusters = nx.connected_components(copies)
    wanted = {frozenset(pair) for members in clusters for pair in combinations(sorted(members), 2)}
    groups = reprints[reprints.article_id.isin(known)].groupby("cluster", sort=True).article_id
    found = {frozenset(pair) for _, members in groups for pair in combinations(sorted(members), 2)}
    return wanted, found


def _pairs_row(measure: str, wanted: set[Any], found: set[Any]) -> tuple[Any, ...]:
    return _figures(measure, len(wanted & found), len(found), len(wanted))
