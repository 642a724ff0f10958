"""Sentences, tokens, tags, lemmas and names of running English text."""

from __future__ import annotations

from typing import Any

MEASURES = ("sentence_f1", "token_f1", "upos", "xpos", "lemma", "name_f1")


def predict(document: dict[str, Any]) -> dict[str, Any]:
    """Annotate one document in the scorer's form."""
    from corpus_tools import language

    annotation = language.annotate(document["text"])
    rows = zip(annotation.tokens, annotation.upos, annotation.xpos, annotation.lemmas, strict=True)
    return {
        "id": document["id"],
        "sentences": [[span.start, span.end] for span in annotation.sentences],
        "tokens": [[token.start, token.end, upos, xpos, lemma] for token, upos, xpos, lemma in rows],
        "entities": [[name.start, name.end, name.label] for name in annotation.names],
    }
