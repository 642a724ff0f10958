"""Tokens in two views: one for analysis (Penn-like), one for counting words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from corpus_tools.language._resources import mark_class, table
from corpus_tools.language._resources import words as word_list

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpus_tools.language._stretches import Pieces, Places, Reading

#: What each view takes for a token; stored beside results so that a count can be read years later.
TOKEN_SPECIFICATIONS: dict[str, str] = {
    "analysis": (
        "analysis/1: tokens as in English Universal Dependencies (Penn Treebank style). Clitics are split (do|n't, "
        "it|'s, can|not); hyphenated words are split at their hyphens unless the first part is a bound prefix "
        "(anti-war); words are split at slashes; numbers keep their separators (5,000; 3.5; 11/28/2000; 10:30) and "
        "are split from units (5|pm); abbreviations and initials keep their stop (Mr., U.S., J.) unless it also "
        "ends the sentence; repeated marks (..., --, !!), emoticons, emoji sequences, URLs, e-mail addresses, "
        "@names and hashtags are one token. Combining marks stay with their letter in every script. White space is "
        "no token."
    ),
    "counting": (
        "counting/1: words and numbers only, after Unicode Standard Annex 29 with hyphens and apostrophes kept "
        "inside words (well-known, don't, people's), full stops kept between letters (U.S, e.g) and full stops and "
        "commas between digits (1,234.56); colons and slashes separate (10|30); URLs, e-mail addresses, @names and "
        "#tags are one word. Punctuation, symbols and emoji are no words. A run of letters of a script without "
        "spaces is one word."
    ),
}

_POSSESSIVES = ("its", "Its", "ITS")
#: Stands behind "its" where it means "it's"; no stretch of a text has it.
_VERB = " "
_CLOSERS = "\"'”’»)]}*_"
#: Marks that are always a token behind a word.
_SIMPLE = ',;:"”'
#: Units of one letter that count in capitals too: thousand, million, billion.
_LARGE = frozenset("KMB")
#: What every URL, e-mail address and file name has in it.
_ADDRESS = re.compile(r"\.[^\W\d_]|@|://")

_URL = (
    r"(?:https?://|ftp://|www\.)[^\s<>\"“”]*[^\s<>\"“”.,;:!?'’)\]}*]"
    r"|[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.(?i:com|org|net|edu|gov|info|co\.uk|mil|int)"
    r"(?:/[^\s<>\"“”]*[^\s<>\"“”.,;:!?'’)\]}*])?(?![\w-])"
)
_EMAIL = r"[A-Za-z0-9][\w.+%-]{0,63}@[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){0,5}"
_EMOJI_PART = r"[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B00-\u2BFF\u2300-\u23FF]"
_EMOJI = (
    rf"[\U0001F1E6-\U0001F1FF]{{2}}|\U0001F3F4[\U000E0020-\U000E007E]+\U000E007F"
    rf"|{_EMOJI_PART}[\uFE0E\uFE0F\U0001F3FB-\U0001F3FF\u20E3]*(?:\u200D{_EMOJI_PART}[\uFE0E\uFE0F\U0001F3FB-\U0001F3FF]*)*"
)


def _unit() -> str:
    """Letters and digits of any script, with their combining marks."""
    marks = mark_class()
    return rf"[^\W_]++(?:[{marks}]++[^\W_]*+)*+"


@cache
def _counting_pattern() -> re.Pattern[str]:
    unit = _unit()
    joiner = r"[-‐‑'’ʼ_]|(?<=[^\W\d_])[.·](?=[^\W\d_])|(?<=\d)[.,](?=\d)"
    return re.compile(rf"{_URL}|{_EMAIL}|(?:(?<!\w)[@#])?{unit}(?:(?:{joiner}){unit})*+")


def words(text: str) -> list[tuple[int, int]]:
    """Words of the counting view as character offsets; no punctuation, no symbols.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of (int, int)
        ``[start, end)`` of each word, in order. `TOKEN_SPECIFICATIONS` says what a word is.

    Examples
    --------
    >>> text = "The people's well-known 1,200 don’ts: 5%!"
    >>> [text[start:end] for start, end in words(text)]
    ['The', "people's", 'well-known', '1,200', 'don’ts', '5']
    """
    return [match.span() for match in _counting_pattern().finditer(text)]


@cache
def _addresses() -> str:
    """Return the patterns of URLs, e-mail addresses and file names: tried only where there can be one."""
    unit = _unit()
    endings = "|".join(sorted(word_list("file_endings.txt")))
    part = rf"(?:{unit}[-_.]){{0,8}}"
    return (
        rf"{_URL}|{_EMAIL}"
        rf"|(?i:{part}(?<![^\W_])\.(?:{endings})(?!\w)|{part}(?<=\.)(?:{endings})(?!\w))"
        r"|[a-z]{2,24}(?:\.[a-z][a-z-]{1,24}){2,8}(?!\w)|"
    )


@cache
def _analysis_pattern(*, addresses: bool) -> re.Pattern[str]:
    unit = _unit()
    prefixes = "|".join(sorted(word_list("hyphen_prefixes.txt"), key=lambda prefix: (-len(prefix), prefix)))
    number = r"(?:\d{1,3}(?:,\d{3})++(?!\d)(?:\.\d++)?|\d++(?:[.:/]\d++)*+|(?<![\w.])\.\d++)"
    whole = (
        r"[0-9#*]\uFE0F?\u20E3"
        rf"|(?<!\w)[@#](?=[^\W\d]){unit}(?:_{unit})*+"
        r"|(?<!\w)(?:[:;=]['’]?-?[()DPp\]\[](?!\w)|<3(?!\d)|\(:(?!\w)|\^_+\^|[A-Z]{1,2}\$)"
        r"|(?<![\w-])(?:\+?\d{1,3}[-.])?\d{3}[-.]\d{3}[-.]\d{4}(?![\w-])|(?<![\w-])\d{3}-\d{4}(?![\w-])"
        r"|(?<![\w-])(?:\d{5}-\d{4}|\d{1,2}-\d{1,2}-(?:\d{4}|\d\d))(?![\w-])"
        r"|['’](?:\d\ds?|[sSmMdD]|ll|re|ve|em|til|cause|bout)(?!\w)"
        r"|(?<!\w)(?:[A-Z]{1,2}&[A-Z]{1,2}|[Bb]/[Cc]|[Ww]/[Oo]|[Nn]/[Aa])(?!\w)"
        rf"|(?<![\w-])(?i:{prefixes})-(?=[^\W\d_]){unit}"
        r"|(?<![\w'’-])[^\W\d_]{1,2}-(?!\S)"
    )
    return re.compile(
        rf"(?P<whole>{_addresses() if addresses else ''}{whole})"
        rf"|(?P<number>{number})(?P<tail>(?:['’]?s|st|nd|rd|th|S|ST|ND|RD|TH)(?!\w)|[^\W_]*)"
        rf"|(?P<dotted>(?:[^\W\d_]\.){{2,}}|[^\W\d_]{{1,4}}(?:\.[^\W\d_]{{1,4}}){{1,8}}\.(?!\w))"
        rf"|(?P<word>{unit}(?:['’ʼ`_]{unit})*+)(?P<stop>\.(?![.?!]))?"
        rf"|(?P<emoji>{_EMOJI})"
        r"|(?P<mark>[.?!]{2,}|…+[.?!]*|\${2,}|—+|–+|[-=*_~+#<>|]{2,}|''|``|’’|‘‘)"
        r"|(?P<other>\S)"
    )


@cache
def _clitic_pattern() -> re.Pattern[str]:
    return re.compile(r"(?i)(?:n['’]t|['’ʼ`](?:s|m|d|ll|re|ve))$")


@cache
def _clitics() -> dict[str, tuple[int, ...]]:
    return {word: tuple(map(int, parts.split())) for word, parts in table("clitics.tsv")}


def tokenize(text: str) -> list[tuple[int, int]]:
    """Tokens of the analysis view as character offsets.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of (int, int)
        ``[start, end)`` of each token, in order; every character that is not white space is in exactly one.

    Examples
    --------
    >>> text = "Mr. Oda's 9-minute talk didn't cost $5,000."
    >>> [text[start:end] for start, end in tokenize(text)]
    ['Mr.', 'Oda', "'s", '9', '-', 'minute', 'talk', 'did', "n't", 'cost', '$', '5,000', '.']
    """
    from corpus_tools.language._batch import Batch

    found = Batch([text]).cut
    return list(zip(found.starts.tolist(), found.ends.tolist(), strict=True))


class Cut:
    """Tokens of the analysis view of some texts, given the sentences.

    Attributes
    ----------
    types : TypeStore
        Where the forms are known.
    starts, ends : array
        Where each token starts and ends in the joined texts.
    forms : array
        Ids of the tokens' forms.
    lengths : array
        How many tokens each sentence has.
    """

    def __init__(self, reading: Reading, sentence_starts: Places) -> None:
        import numpy as np

        places = np.searchsorted(reading.starts, sentence_starts)
        whole = np.append(reading.starts, -1)[places] == sentence_starts
        if not whole.all():
            reading = reading.cut(sentence_starts[~whole])
            places = np.searchsorted(reading.starts, sentence_starts)
        at_end = np.zeros(len(reading.starts) + 1, dtype=bool)
        at_end[places - 1] = at_end[-2:-1] = True
        self.types = reading.memory.types
        ids = _possessives(reading, at_end)
        counts, pieces = reading.memory.split(ids, at_end[:-1], _split)
        begin = np.repeat(reading.starts, counts)
        self.starts: Places = begin + pieces[:, 0]
        self.ends: Places = begin + pieces[:, 1]
        self.forms: NDArray[np.int32] = pieces[:, 2]
        before = np.concatenate([[0], np.cumsum(counts)])
        self.lengths: Places = np.diff(before[np.append(places, len(counts))])


def _possessives(reading: Reading, at_end: NDArray[np.bool_]) -> Places:
    """Ids of the stretches; "its" before what does not follow a possessive is another one, which is cut in two."""
    import numpy as np

    ids = reading.ids
    possessives, verbs = np.split(reading.memory.look_up([*_POSSESSIVES, *(word + _VERB for word in _POSSESSIVES)]), 2)
    places, which = (ids[:, None] == possessives).nonzero()
    if not len(places):
        return ids
    ids, ends = ids.copy(), reading.ends[at_end[:-1]]
    for place, number, stop in zip(places.tolist(), which.tolist(), reading.ends[places].tolist(), strict=True):
        if _copula().match(reading.text, stop, int(ends[ends.searchsorted(stop)])):
            ids[place] = verbs[number]
    return ids


@cache
def _copula() -> re.Pattern[str]:
    """Match what may follow "it's" written "its", but not the possessive."""
    followers = "|".join(sorted(word_list("copula_followers.txt")))
    return re.compile(rf"\s+(?i:{followers})(?!\S)")


def _split(word: str, *, at_end: bool) -> Pieces:
    """Tokens of a stretch without white space, relative to its start."""
    if word.endswith(_VERB):
        return ((0, 2, word[:2]), (2, 3, word[2]))
    body = word[:-1] if word[-1] in _SIMPLE else word
    if body.isalpha() and body.lower() not in _clitics():
        size = len(body)
        return [(0, size, body)] if body is word else [(0, size, body), (size, size + 1, word[-1])]
    end = len(word.rstrip(_CLOSERS)) if at_end else -1
    return [(low, high, word[low:high]) for low, high in _match(word, end)]


def _match(text: str, sentence_end: int) -> list[tuple[int, int]]:
    """Token spans of a text that has no white space in its tokens; the sentence's last mark ends at `sentence_end`."""
    tokens: list[tuple[int, int]] = []
    append = tokens.append
    clitics, abbreviations, units = _clitics(), _stop_keepers(), word_list("number_units.txt")
    pattern = _analysis_pattern(addresses=_ADDRESS.search(text) is not None)
    for match in pattern.finditer(text):
        start, end = match.span()
        group = match.lastgroup
        if group == "word":
            _split_word(text[start:end], start, append, clitics)
        elif group == "stop":
            word = match["word"]
            if end != sentence_end and (word.lower() in abbreviations or word == "No" or len(word) == 1):
                append((start, end))
            else:
                _split_word(word, start, append, clitics)
                append((end - 1, end))
        elif group == "tail":
            _split_number(match, append, units)
        elif group == "dotted" and end == sentence_end and not text[start].isupper():
            append((start, end - 1))
            append((end - 1, end))
        else:
            append((start, end))
    return tokens


@cache
def _stop_keepers() -> frozenset[str]:
    return frozenset(form.lower() for form, *_ in table("abbreviations.tsv")) - {
        "no",
        "in",
        "is",
        "me",
        "p",
        "ch",
        "ed",
        "op",
    }


def _split_word(
    word: str, start: int, add: Callable[[tuple[int, int]], None], clitics: dict[str, tuple[int, ...]]
) -> None:
    parts = clitics.get(word.lower())
    if parts is not None:
        for length in parts:
            add((start, start + length))
            start += length
        return
    end = start + len(word)
    if not word.isalnum() and (clitic := _clitic_pattern().search(word)) and clitic.start() > 0:
        add((start, start + clitic.start()))
        start += clitic.start()
    add((start, end))


def _split_number(match: re.Match[str], add: Callable[[tuple[int, int]], None], units: frozenset[str]) -> None:
    start, end = match.span()
    tail = match["tail"]
    if tail.lower() in units and (len(tail) > 1 or tail.islower() or tail in _LARGE):
        add((start, match.end("number")))
        add((match.end("number"), end))
    else:
        add((start, end))
