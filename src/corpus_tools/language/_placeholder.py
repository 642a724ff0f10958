"""Tags and names by shape alone, until the trained models take their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_tools.language.spans import Name
from corpus_tools.language.stopwords import stopwords

if TYPE_CHECKING:
    from corpus_tools.language.annotation import Annotation

XPOS = {"PROPN": "NNP", "NOUN": "NN", "NUM": "CD", "PUNCT": ".", "VERB": "VB", "ADP": "IN", "DET": "DT"}


def guess_upos(annotation: Annotation) -> list[str]:
    """Tag by shape."""
    first = {span.start for span in annotation.sentences}
    tags = []
    for token in annotation.tokens:
        word = token.text
        if not any(character.isalnum() for character in word):
            tags.append("PUNCT")
        elif word[0].isdigit():
            tags.append("NUM")
        elif word.lower() in stopwords():
            tags.append("ADP" if word.lower() in {"of", "in", "on", "at", "by", "for", "with", "from"} else "PRON")
        elif word[0].isupper() and token.start not in first:
            tags.append("PROPN")
        elif word.endswith(("ed", "ing")) or word in {"said", "says", "told", "went", "made"}:
            tags.append("VERB")
        else:
            tags.append("NOUN")
    return tags


def guess_names(annotation: Annotation) -> list[Name]:
    """Take every run of capitalised words for a name."""
    names, run = [], []
    pairs = [*zip(annotation.tokens, annotation.upos, strict=True), (None, "")]
    for token, tag in pairs:
        if token is not None and tag == "PROPN":
            run.append(token)
        elif run:
            start, end = run[0].start, run[-1].end
            label = "person" if len(run) > 1 else "place"
            names.append(Name(start, end, annotation.text[start:end], label, 0.3, full=annotation.text[start:end]))
            run = []
    return names
