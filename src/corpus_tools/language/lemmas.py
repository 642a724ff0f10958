"""Dictionary forms of words, by rules for endings learned from treebanks."""

from __future__ import annotations

from functools import cache

from corpus_tools.language._resources import table

_LONGEST_ENDING = 6


@cache
def _rules() -> dict[str, dict[str, tuple[int, str]]]:
    """For each tag, endings (``^`` before a whole word) with how many characters to cut and what to add."""
    rules: dict[str, dict[str, tuple[int, str]]] = {}
    for tag, ending, cut, *added in table("lemma_rules.tsv"):
        rules.setdefault(tag, {})[ending] = (int(cut), added[0] if added else "")
    return rules


def lemma(form: str, upos: str, xpos: str) -> str:
    """Return the dictionary form of one word.

    Parameters
    ----------
    form : str
        The word as written.
    upos, xpos : str
        Its universal and its Penn tag.

    Returns
    -------
    str
        Lower case except for proper nouns and abbreviations written in capitals.

    Examples
    --------
    >>> lemma("Studies", "VERB", "VBZ"), lemma("worse", "ADJ", "JJR"), lemma("n't", "PART", "RB")
    ('study', 'bad', 'not')
    """
    return apply(_rules(), form, f"{upos} {xpos}")


def apply(rules: dict[str, dict[str, tuple[int, str]]], form: str, tag: str) -> str:
    """Cut and add by the longest ending that the rules know for this tag."""
    word = normalise(form, tag)
    endings = rules.get(tag)
    if endings is None:
        return word
    rule = endings.get("^" + word.lower()) if len(word) < 40 else None
    lower = word.lower()
    for size in range(min(_LONGEST_ENDING, len(word) - 1), -1, -1):
        if rule is not None:
            break
        rule = endings.get(lower[len(lower) - size :])
    if rule is None:
        return word
    cut, added = rule
    return (word[: len(word) - cut] + added) or word


def normalise(form: str, tag: str) -> str:
    """Straight apostrophes; lower case unless the word is a name or written in capitals as a whole."""
    form = form.replace("’", "'")
    if tag.startswith(("PROPN", "SYM", "X")) or tag.endswith(("NNP", "NNPS")):
        return form
    if len(form) > 1 and form.isupper() and tag.startswith("NOUN"):
        return form
    return "I" if tag == "PRON PRP" and form in {"I", "i"} else form.lower()
