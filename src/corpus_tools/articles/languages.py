"""In which language an article is, and whether it is in that language throughout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

#: Texts with fewer letters are too short to tell their language.
LANGUAGE_LETTERS = 60
#: Characters from the beginning that are looked at: enough to be sure, and four times as fast as whole texts.
LANGUAGE_SAMPLE = 1_000
#: Characters that are looked at together to see whether the language changes, and letters that a sentence must have.
_WINDOW, _SENTENCE_LETTERS = 500, 40
#: Characters of them that the classifier sees: where it is wrong, sentences are looked at.
_GLANCE = 400
#: Sentences in another language that are worth a note: so many, and such a share of those that can be told.
_MOST_SENTENCES, _LEAST, _SHARE = 400, 2, 0.05
#: Share of the words of a piece that stood in other pieces, from which on it is in their language: pieces of two
#: languages share names (a tenth), those of one language share its small words (a third).
_SHARED = 0.2
_WORDS = re.compile(r"\w+")
_END = re.compile(r"(?<=[.!?…。！？])[\"'”’»)\]]*\s+|\n+")


def language(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language; None when the text is too short to tell.

    Examples
    --------
    >>> language("The ferry left the harbour on Tuesday morning with more than two hundred people on board.")
    'en'
    """
    sample = text[:LANGUAGE_SAMPLE]
    if len(re.sub(r"[\W\d_]+", "", sample)) < LANGUAGE_LETTERS:
        return None
    code = str(_classifier()(sample)[0])
    return code if re.fullmatch(r"[a-z]{2}", code) else None


@cache
def _classifier() -> Any:
    import py3langid

    return py3langid.classify


def mixture(text: str, code: str | None) -> str | None:
    r"""Return a note when part of a text is in another language; sentences are looked at where paragraphs disagree.

    Examples
    --------
    >>> english = "The river rose by two metres in one night and flooded the old town, the mayor said on Monday. " * 6
    >>> german = "Der Fluss stieg in einer Nacht um zwei Meter und setzte die Altstadt unter Wasser, sagte er. " * 6
    >>> mixture(english + "\n\n" + german, "en")
    'language: 6 of 12 sentences are in de'
    >>> mixture(english, "en") is None
    True
    """
    if code is None or len(text) < 2 * _WINDOW:
        return None
    if _throughout(text, code):
        return None
    sentences = [piece for piece in _END.split(text)[:_MOST_SENTENCES] if _letters(piece) >= _SENTENCE_LETTERS]
    told = Counter(str(_classifier()(sentence)[0]) for sentence in sentences)
    others = [(other, count) for other, count in told.most_common() if other != code]
    # A single sentence is often told wrongly; several in one language are not.
    kept = [(other, count) for other, count in others if count >= max(_LEAST, _SHARE * len(sentences))]
    if not kept:
        return None
    return f"language: {', '.join(f'{count} of {len(sentences)} sentences are in {other}' for other, count in kept)}"


def _throughout(text: str, code: str) -> bool:
    """Return whether all pieces of a text are in its language.

    The classifier is asked only about pieces that share few words with those that it told before: the small words of a
    language return in every piece, and asking takes as long as reading the page.
    """
    known: set[str] = set()
    for window in _windows(text):
        words = _WORDS.findall(window[:LANGUAGE_SAMPLE].lower())
        if known and sum(map(known.__contains__, words)) >= _SHARED * len(words):
            continue
        if language(window[:_GLANCE]) not in (code, None):
            return False
        known.update(words)
    return True


def _windows(text: str) -> Iterator[str]:
    """Yield pieces of at least `_WINDOW` characters, each of whole paragraphs; long paragraphs by their beginning."""
    held: list[str] = []
    size = 0
    for paragraph in text.split("\n\n"):
        held.append(paragraph)
        size += len(paragraph)
        if size >= _WINDOW:
            yield "\n".join(held)
            held, size = [], 0
    if held:
        yield "\n".join(held)


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
