"""Text from articles on its way into a picture."""

from __future__ import annotations

import unicodedata

# Bidirectional controls and other format characters can reorder or hide a label.
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def plain(text: object, *, width: int | None = None) -> str:
    r"""Return `text` so that matplotlib draws it as it stands.

    Parameters
    ----------
    text : object
        Anything; ``str(text)`` is drawn.
    width : int, optional
        Longest label in characters; a longer one ends in an ellipsis. By default nothing is cut.

    Returns
    -------
    str
        One line, without control characters, and with ``$`` escaped (matplotlib takes it for mathematics).

    Examples
    --------
    >>> print(plain("$3m to $4m"))
    \$3m to \$4m
    >>> plain("a very long label", width=8)
    'a very …'
    """
    line = " ".join(str(text).split())
    line = "".join(character for character in line if unicodedata.category(character) not in _HIDDEN)
    if width is not None and len(line) > width:
        line = line[: max(width - 1, 0)] + "…"
    return line.replace("$", r"\$")
