"""Find who says what: the table of attributions."""

from __future__ import annotations

import re
import warnings
from typing import Any

import pandas as pd

from corpus_tools import schema
from corpus_tools._collector import seldom
from corpus_tools.attribution import _hedges as hedging
from corpus_tools.attribution import _link
from corpus_tools.attribution._candidate import Candidate
from corpus_tools.attribution._confidence import sure_of
from corpus_tools.attribution._people import people
from corpus_tools.attribution._relays import relay
from corpus_tools.attribution._scoring import Scorer, trained
from corpus_tools.attribution._speaker import NOBODY, Speaker
from corpus_tools.attribution._speakers import Resolver
from corpus_tools.attribution._view import View, view
from corpus_tools.errors import InvalidQuery, OtherLanguage
from corpus_tools.language import annotate_all, stopwords

#: Least confidence of a row, by mode.
MODES = {"precise": 0.6, "balanced": 0.3, "recall": 0.0}
MODELS = ("trained", "rules")
#: Share of English words of grammar from which on a text counts as English, and the fewest words that can be judged.
_ENGLISH_SHARE, _FEW_WORDS = 0.2, 20
#: What remains of the confidence of a row in a text that is not English.
_OTHER_LANGUAGE = 0.1
_WORD = re.compile(r"\w")
_REASON = re.compile(
    r"(?:(?:spoke|speaking|spoken|talked)\s+on\s+(?:the\s+)?condition\s+of\s+anonymity|on\s+condition\s+of\s+anonymity"
    r"|(?:who\s+)?(?:asked|wished|wanted|preferred|requested|declined|insisted)\s+(?:not\s+to\s+be\s+(?:named|identified|quoted)|to\s+(?:remain|stay)\s+anonymous"
    r"|anonymity|to\s+be\s+(?:named|identified))|not\s+authori[sz]ed\s+to\s+(?:speak|comment|discuss)[^.,;]*)[^.;,”\"]*",
    re.IGNORECASE,
)


def find(
    articles: pd.DataFrame,
    *,
    mode: str = "balanced",
    attitudes: bool = False,
    model: str = "trained",
) -> pd.DataFrame:
    """Find the attributions in articles: who said what, by which words.

    The rules are made for English. An article in another language gives a warning (`OtherLanguage`), and its rows a
    tenth of their confidence, so that only ``mode="recall"`` keeps them.

    Parameters
    ----------
    articles : DataFrame
        Needs the columns ``article_id`` and ``text``.
    mode : {"precise", "balanced", "recall"}
        How sure a row must be to be kept: confidence of at least 0.6, 0.3 or 0. Quotations that are speech for sure,
        whoever spoke, are kept in the last two.
    attitudes : bool
        Whether to keep beliefs, wishes and plans too ("the union wants", "residents fear"), which are not speech.
        Their `cue_class` is ``attitude``. By default they are left out.
    model : {"trained", "rules"}
        What judges the candidates of the rules: weights trained on annotated news, or the rules alone. An installation
        without the weights (``data/weights.tsv`` can be left out) goes by the rules.

    Returns
    -------
    DataFrame
        One row for each attribution, in the form of `corpus_tools.schema.ATTRIBUTIONS`. Rows whose `is_speech` is
        False are
        quotation marks around something else than speech (titles, nicknames, scare quotes); they have neither source
        nor cue.

    Raises
    ------
    MissingColumn
        When `articles` lacks a column.
    InvalidQuery
        When there is no such mode or model.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"article_id": ["a"], "text": ['"The dam is safe," Solle said on Monday.']})
    >>> find(articles)[["source", "cue", "content", "kind"]].iloc[0].tolist()
    ['Solle', 'said', '"The dam is safe,"', 'direct']
    """
    schema.require(articles, "article_id", "text")
    if mode not in MODES:
        raise InvalidQuery(f"There is no mode {mode!r}; there are {', '.join(MODES)}.")
    if model not in MODELS:
        raise InvalidQuery(f"There is no model {model!r}; there are {', '.join(MODELS)}.")
    rows: list[dict[str, Any]] = []
    foreign: list[str] = []
    with seldom():
        for article_id, annotation in zip(articles["article_id"], annotate_all(articles["text"]), strict=True):
            if annotation.text.strip():
                seen = view(annotation.text, annotation)
                found = _in_view(seen, attitudes=attitudes, least=MODES[mode], model=model)
                if not is_english(seen):
                    foreign.append(str(article_id))
                    found = [{**row, "confidence": round(row["confidence"] * _OTHER_LANGUAGE, 3)} for row in found]
                    found = [row for row in found if row["confidence"] >= MODES[mode]]
                rows.extend({"article_id": article_id, **row} for row in found)
    if foreign:
        warnings.warn(_foreign_message(foreign), OtherLanguage, stacklevel=2)
    return schema.ATTRIBUTIONS.conform(rows) if rows else schema.ATTRIBUTIONS.empty()


def in_text(text: str, *, attitudes: bool = False, least: float = 0.3, model: str = "trained") -> list[dict[str, Any]]:
    """Return the attributions of one text as rows without `article_id`, in order of their first character."""
    return _in_view(view(text), attitudes=attitudes, least=least, model=model)


def _in_view(seen: View, *, attitudes: bool, least: float, model: str) -> list[dict[str, Any]]:
    scorer = trained() if model == "trained" else None
    candidates = _link.candidates(seen, attitudes=attitudes, least=least, scorer=scorer)
    names = [name for name in seen.annotation.names if name.confidence >= 0.5]
    labels, full = _by_token(seen, names)
    resolver = Resolver(seen, people(seen, labels), labels, full)
    openers = hedging.first_words()
    starts = [
        start
        for start, low in zip(seen.starts, seen.low, strict=True)
        if low in openers or ("-" in low and low.partition("-")[0] in openers)
    ]
    hedges = hedging.hedges(seen.text, starts)
    speakers: dict[int, Speaker] = {}
    rows = []
    for candidate in candidates:
        speaker = resolver.resolve(candidate.source)
        speakers[id(candidate)] = speaker
        row = _row(seen, candidate, speaker, speakers, hedges, scorer)
        if row["confidence"] >= least or (candidate.spoken and least < MODES["precise"]):
            rows.append(row)
    rows.extend(row for row in _marks_apart(seen, candidates) if row["confidence"] >= least)
    return sorted(rows, key=lambda row: (row["start"], row["end"]))


def spans(
    text: str, *, attitudes: bool = True, nested: bool = False, least: float = 0.0, model: str = "trained"
) -> list[dict[str, Any]]:
    """Return only where sources, cues and contents stand, without resolving who is meant: the quick way.

    Parameters
    ----------
    text : str
    attitudes : bool
        Whether beliefs, wishes and plans count.
    nested : bool
        Whether attributions inside the content of another one are kept.
    least : float
        Least confidence.
    model : {"trained", "rules"}

    Returns
    -------
    list of dict
        source, cue, content (lists of [start, end]), frame, clause, class, confidence.

    Examples
    --------
    >>> spans("Lind said no decision was made.")[0]["cue"]
    [[5, 9]]
    """
    seen = view(text)
    scorer = trained() if model == "trained" else None
    found = []
    for candidate in _link.candidates(seen, attitudes=attitudes, least=least, scorer=scorer):
        sure = sure_of(seen, candidate, scorer)
        if (sure >= least or candidate.spoken) and (nested or candidate.parent is None):
            found.append(
                {
                    "source": _spans(seen, candidate.source),
                    "cue": _spans(seen, candidate.cue),
                    "content": _spans(seen, candidate.content),
                    "frame": candidate.frame,
                    "clause": candidate.clause or "-",
                    "class": candidate.cue_class,
                    "lemma": candidate.lemma,
                    "confidence": sure,
                }
            )
    return found


def is_english(seen: View) -> bool:
    """Tell whether a text is English by its words of grammar; a text of a few words counts as English."""
    known = stopwords("en")
    words = [word for word in seen.low if word[0].isalpha()]
    return len(words) < _FEW_WORDS or sum(word in known for word in words) >= _ENGLISH_SHARE * len(words)


def _foreign_message(articles: list[str]) -> str:
    shown = ", ".join(articles[:3]) + (", …" if len(articles) > 3 else "")
    return (
        f"{len(articles)} article(s) do not read like English ({shown}). Attributions are found by rules for English; "
        'the rows of these articles have a low confidence, and only mode="recall" keeps them.'
    )


def _by_token(seen: View, names: list[Any]) -> tuple[dict[int, str], dict[int, str]]:
    labels: dict[int, str] = {}
    full: dict[int, str] = {}
    at = {start: token for token, start in enumerate(seen.starts)}
    for name in names:
        token = at.get(name.start)
        while token is not None and token < len(seen.starts) and seen.starts[token] < name.end:
            labels[token] = name.label
            if token == at.get(name.start):
                full[token] = name.full
            token += 1
    return labels, full


def _row(
    seen: View,
    candidate: Candidate,
    speaker: Speaker,
    speakers: dict[int, Speaker],
    hedges: list[tuple[int, int, str]],
    scorer: Scorer | None,
) -> dict[str, Any]:
    source, cue, content = (_spans(seen, part) for part in (candidate.source, candidate.cue, candidate.content))
    pieces = [*source, *cue, *content]
    start, end = min(a for a, _ in pieces), max(b for _, b in pieces)
    first, last = _sentence(seen, start, end)
    cue_text = _join(seen.text, cue)
    found = [
        h
        for h in hedging.within(hedges, first, last)
        if not any(a <= h[0] < b and len(str(h[2])) <= b - a for a, b in cue)
    ]
    unknown = speaker.kind == "unknown" and speaker.anonymity == "none"
    aside = _REASON.search(seen.text, first, last) if speaker.anonymity.startswith("unnamed") else None
    return {
        "start": start,
        "end": end,
        "kind": kind_of(seen, candidate.content),
        "source": _join(seen.text, source),
        "source_spans": source,
        "cue": cue_text,
        "cue_spans": cue,
        "content": _join(seen.text, content),
        "content_spans": content,
        "speaker": speaker.name,
        "speaker_kind": speaker.kind,
        "speaker_role": speaker.role,
        "anonymity": speaker.anonymity,
        "cue_class": candidate.cue_class,
        "negated": candidate.negated,
        "is_speech": True,
        "hedges": [list(hedge) for hedge in found],
        "relayed_by": relay(seen, candidate, speakers),
        "confidence": sure_of(seen, candidate, scorer, unknown=unknown),
        "sentence": " ".join(seen.text[first:last].split()),
        "anonymity_reason": " ".join(aside.group().split()) if aside else None,
        "hypothetical": _hypothetical(seen, candidate),
        "certainty": "negated" if candidate.negated else "hedged" if found else "certain",
        "cue_lemma": candidate.lemma or None,
    }


def kind_of(seen: View, content: list[tuple[int, int]]) -> str:
    """Return direct, mixed or indirect: whether all, some or no words of the content stand in quotation marks."""
    inside = outside = False
    for first, last in content:
        for token in range(first, last):
            if _WORD.search(seen.words[token]):
                inside, outside = inside or seen.quote[token] >= 0, outside or seen.quote[token] < 0
    return "indirect" if not inside else "mixed" if outside else "direct"


def _spans(seen: View, parts: list[tuple[int, int]]) -> list[list[int]]:
    return [seen.span(first, last) for first, last in sorted(parts)]


def _join(text: str, spans: list[list[int]]) -> str | None:
    return " ".join(" ".join(text[start:end].split()) for start, end in spans) or None


def _sentence(seen: View, start: int, end: int) -> tuple[int, int]:
    """Return the characters of the units that hold `start` to `end`."""
    first, last = start, end
    low, high = 0, len(seen.units)
    while low < high:
        middle = (low + high) // 2
        if seen.ends[seen.units[middle][1] - 1] <= start:
            low = middle + 1
        else:
            high = middle
    for number in range(low, len(seen.units)):
        a, b = seen.units[number]
        if seen.starts[a] >= end:
            break
        first, last = min(first, seen.starts[a]), max(last, seen.ends[b - 1])
    return first, last


def _hypothetical(seen: View, candidate: Candidate) -> bool:
    if not candidate.cue:
        return False
    first, last = candidate.cue[0]
    if any(seen.low[t] in ("would", "could", "might", "may", "should") for t in range(first, last)):
        return True
    start = candidate.source[0][0] if candidate.source and candidate.source[0][0] < first else first
    return start > 0 and seen.low[start - 1] in ("if", "unless", "whether", "should")


def _marks_apart(seen: View, candidates: list[Candidate]) -> list[dict[str, Any]]:
    """Rows for quotation marks that no attribution covers."""
    covered: set[int] = set()
    for candidate in candidates:
        for first, last in [*candidate.content, *candidate.source, *candidate.cue]:
            covered.update(seen.quote[token] for token in range(first, last))
    rows = []
    for number, quotation in enumerate(seen.quotes):
        first, last = seen.quote_tokens[number]
        if number in covered or not _WORD.search(seen.text[quotation.start : quotation.end]):
            continue
        start, end = _sentence(seen, quotation.start, quotation.end)
        rows.append(
            {
                "start": quotation.start,
                "end": quotation.end,
                "kind": "direct",
                "content": " ".join(seen.text[quotation.start : quotation.end].split()),
                "content_spans": [[quotation.start, quotation.end]],
                "speaker_kind": NOBODY.kind,
                "anonymity": NOBODY.anonymity,
                "negated": False,
                "is_speech": False,
                "hedges": [],
                "confidence": 0.7 if last - first <= 8 else 0.4,
                "sentence": " ".join(seen.text[start:end].split()),
                "hypothetical": False,
                "certainty": "certain",
            }
        )
    return rows
