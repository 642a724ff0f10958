"""How one value reads in a table: dates, numbers, lists, and text that nobody has vouched for."""

from __future__ import annotations

import datetime
import math
import numbers
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

#: What stands for a missing value.
MISSING = "–"

#: Longest text of one cell, in characters; the rest is said to be left out.
LONGEST = 1500

# Characters that reorder or hide what stands around them: embeddings, overrides and isolates (Unicode UAX #9).
_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: object, *, longest: int | None = None) -> str:
    r"""Return `text` on one line, without control characters and without those that reorder their neighbours.

    Examples
    --------
    >>> clean("a\n b\x1b[31m \u202ec")
    'a b[31m c'
    >>> clean("abcdef", longest=3)
    'abc … (3 more characters)'
    """
    line = " ".join(str(text).split())
    line = "".join(c for c in line if c not in _BIDI and unicodedata.category(c) not in ("Cc", "Cs"))
    if longest is not None and len(line) > longest:
        return f"{line[:longest]} … ({len(line) - longest:,} more characters)"
    return line


def visible(text: str) -> str:
    r"""Return `text` without control characters and without those that reorder their neighbours; spaces are plain.

    Examples
    --------
    >>> visible(" a\nb\u202e")
    ' a b'
    """
    spaced = "".join(" " if c.isspace() else c for c in text)
    return "".join(c for c in spaced if c not in _BIDI and unicodedata.category(c) not in ("Cc", "Cs"))


def is_missing(value: Any) -> bool:
    """Return whether `value` says nothing: None, NaN, NaT, NA, an empty text or an empty list.

    Examples
    --------
    >>> [is_missing(value) for value in (None, float("nan"), "", [], 0, False)]
    [True, True, True, True, False, False]
    """
    if value is None or (isinstance(value, str) and not value):
        return True
    if _is_collection(value):
        return len(value) == 0
    try:
        return bool(value != value)
    except TypeError:  # pandas.NA refuses to say whether it equals itself
        return True


def decimals(values: Sequence[float]) -> int:
    """Return how many decimals a column of these numbers needs so that its largest keeps about three digits.

    Examples
    --------
    >>> decimals([1.0, 2.0]), decimals([0.123, 0.5]), decimals([12.5, 3.25]), decimals([1234.5, 0.1])
    (0, 3, 2, 1)
    """
    finite = [abs(value) for value in values if math.isfinite(value)]
    if all(value == int(value) for value in finite):
        return 0
    largest = max(finite)
    return 1 if largest >= 100 else 2 if largest >= 1 else 3


def number(value: float, places: int = 0) -> str:
    """Return `value` with thousands separators and `places` decimals, more where it would round to nothing.

    Examples
    --------
    >>> number(12345), number(1234.56, 1), number(-3.5, 2), number(0.0025, 2), number(0.00004, 3)
    ('12,345', '1,234.6', '−3.50', '0.003', '4.0e-05')
    """
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    written = f"{value:,.{places}f}"
    if value and not written.strip("-0.,"):
        written = f"{value:.1e}" if abs(value) < 0.0005 else f"{value:.{1 if abs(value) >= 0.05 else 3}f}"
    if written.startswith("-"):
        written = written[1:] if not written.strip("-0.,") else "−" + written[1:]
    return written


def text(value: Any, *, places: int = 2) -> str:
    """Return any value as people read it.

    Examples
    --------
    >>> text(["a", "b"]), text(None), text(True), text(1234567), text([[3, 9], [12, 15]])
    ('a; b', '–', 'yes', '1,234,567', '3–9; 12–15')
    >>> import datetime
    >>> text(datetime.datetime(2016, 8, 1))
    '2016-08-01'
    """
    if is_missing(value):
        return MISSING
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        return "yes" if value else "no"
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()[:10]
    if type(value).__name__ == "datetime64":
        return str(value)[:10]
    if isinstance(value, numbers.Integral):
        return number(int(value))
    if isinstance(value, numbers.Real):
        real = float(value)
        return number(real, 0 if real == math.floor(real) else places) if math.isfinite(real) else number(real)
    if isinstance(value, Mapping):
        return clean("; ".join(f"{key}: {text(item)}" for key, item in value.items()), longest=LONGEST)
    if _is_collection(value):
        return clean("; ".join(_item(item) for item in _ordered(value)), longest=LONGEST)
    return clean(value, longest=LONGEST) or MISSING


def _is_collection(value: Any) -> bool:
    return isinstance(value, (list, tuple, set, frozenset)) or (hasattr(value, "tolist") and hasattr(value, "__len__"))


def _ordered(value: Any) -> list[Any]:
    return sorted(value, key=str) if isinstance(value, (set, frozenset)) else list(value)


def _item(item: Any) -> str:
    """Return one item of a list; a span reads ``3–9``, a span with its words as the words."""
    if isinstance(item, (list, tuple)):
        if len(item) == 2 and all(isinstance(end, int) for end in item):
            return f"{item[0]}–{item[1]}"
        if len(item) == 3 and isinstance(item[2], str):
            return item[2]
    return text(item)
