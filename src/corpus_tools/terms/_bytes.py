"""What a byte of UTF-8 text can be for a word."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

#: Parts words, whatever stands beside it: what Python takes for white space.
BLANK = 1
#: ASCII letters and digits.
ALNUM = 2
#: Holds letters or digits on both sides of it together.
JOINER = 4
#: No word, address or tag begins with it, whatever follows.
LEAD = 8
#: No word, address or tag ends with it, whatever stands before.
TRAIL = 16


@cache
def kinds() -> npt.NDArray[np.uint8]:
    """Return for each byte the sum of what it can be; 0 for one that only the tokenizer understands."""
    table = np.zeros(256, dtype=np.uint8)
    table[[byte for byte in range(128) if chr(byte).isspace()]] = BLANK
    table[[byte for byte in range(128) if chr(byte).isalnum()]] = ALNUM
    for marks, kind in ((b"-'_", JOINER), (b"([{\"'$*-+<>=~`&|^.,;:!?)]}", LEAD), (b".,;:!?'\")]}*<>", TRAIL)):
        table[list(marks)] |= kind
    return table


@cache
def lowered() -> npt.NDArray[np.uint8]:
    """Return for each byte the one that stands for it where case does not count."""
    return np.array([ord(chr(byte).lower()) if byte < 128 else byte for byte in range(256)], dtype=np.uint8)


@cache
def unchanged() -> npt.NDArray[np.uint8]:
    """Return each byte as it is."""
    return np.arange(256, dtype=np.uint8)
