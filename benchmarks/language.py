"""Sentences, tokens, tags, lemmas and names of running English text; speed, size and time to the first answer."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks._registry import Document, Predict, each, load_scorer, predictions, read_jsonl
from corpus_tools.language import Annotation, Name

GOLD = ("language/ewt_dev.jsonl", "language/gum_dev.jsonl")
#: Measures with what is a must and what is a goal, for EWT and GUM.
TARGETS: Mapping[str, tuple[tuple[float, float], tuple[float, float] | None]] = {
    "sentence_f1": ((86, 92), (94, 96)),
    "token_f1": ((98.5, 99.3), (98.5, 99.3)),
    "upos": ((95, 96), (95, 96)),
    "xpos": ((0, 0), (0, 0)),
    "lemma": ((96.5, 97.5), (96.5, 97.5)),
    "name_f1": ((0, 0), (75, 85)),
    "name_person_f1": ((0, 0), (0, 0)),
    "name_organization_f1": ((0, 0), (0, 0)),
    "name_place_f1": ((0, 0), (0, 0)),
}
#: What is timed, on all texts.
Work = Callable[[list[str]], Any]
_WHOLE = "whole pipeline, names included (must 60,000, goal 150,000)"
SAMPLE = Path(__file__).parents[1] / "data" / "sample"


def predict(document: Document) -> Document:
    """Annotate one document in the scorer's form."""
    from corpus_tools import language

    annotation = language.annotate(document["text"])
    rows = zip(annotation.tokens, annotation.upos, annotation.xpos, annotation.lemmas, strict=True)
    return {
        "id": document["id"],
        "sentences": [[span.start, span.end] for span in annotation.sentences],
        "tokens": [[token.start, token.end, upos, xpos, lemma] for token, upos, xpos, lemma in rows],
        "entities": [[name.start, name.end, _as_entity(name)] for name in annotation.names],
    }


def _as_entity(name: Name) -> str:
    """Label in the gold's terms: a people is persons there ("Americans"), an adjective is nothing ("American")."""
    return "person" if name.label == "nationality" and name.text.endswith(("s", "men", "man")) else name.label


# --- peers --------------------------------------------------------------------------------------


def nltk_untrained(document: Document) -> Document:
    """Punkt without parameters, and NLTK's Treebank-like tokenizer on its sentences."""
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    return _nltk(document, PunktSentenceTokenizer())


def _nltk(document: Document, punkt: Any) -> Document:
    from nltk.tokenize import NLTKWordTokenizer

    words, text = NLTKWordTokenizer(), document["text"]
    spans = [span for block in _blocks(text) for span in _shifted(punkt.span_tokenize(text[slice(*block)]), block[0])]
    tokens: list[list[Any]] = []
    for start, end in spans:
        try:
            found = list(_shifted(words.span_tokenize(text[start:end]), start))
        except ValueError:  # quotation marks that it rewrites and cannot find again
            found = []
        tokens += [[low, high, None, None, None] for low, high in found if low < high]
    return {"id": document["id"], "sentences": [list(span) for span in spans], "tokens": tokens}


def pysbd_sentences(document: Document) -> Document:
    """Sentences of pysbd, if it is installed."""
    import pysbd

    segmenter = pysbd.Segmenter(language="en", clean=False, char_span=True)
    found = segmenter.segment(document["text"])
    return {"sentences": [[span.start, span.end] for span in found if span.start < span.end]}


def sentencex_sentences(document: Document) -> Document:
    """Sentences of sentencex, if it is installed."""
    import sentencex

    found = sentencex.get_sentence_boundaries("en", document["text"])
    return {"sentences": [[item["start_index"], item["end_index"]] for item in found if item["text"].strip()]}


def spacy_rules(document: Document) -> Document:
    """Sentences and tokens of spaCy's rules for English, if it is installed."""
    found = _spacy(sentences=True)(document["text"])
    return {
        "sentences": [[span.start_char, span.end_char] for span in found.sents if span.text.strip()],
        "tokens": [[token.idx, token.idx + len(token), None, None, None] for token in found if not token.is_space],
    }


@cache
def _spacy(*, sentences: bool = False) -> Any:
    import spacy

    rules = spacy.blank("en")
    if sentences:
        rules.add_pipe("sentencizer")
    return rules


def _blocks(text: str) -> list[tuple[int, int]]:
    blocks, start = [], 0
    for block in text.split("\n\n"):
        if block.strip():
            blocks.append((start, start + len(block)))
        start += len(block) + 2
    return blocks


def _shifted(spans: Any, by: int) -> list[tuple[int, int]]:
    return [(start + by, end + by) for start, end in spans]


PEERS: Mapping[str, Predict] = {
    "NLTK": nltk_untrained,
    "pysbd": pysbd_sentences,
    "sentencex": sentencex_sentences,
    "spaCy rules": spacy_rules,
}


# --- quality ------------------------------------------------------------------------------------


def quality(gold: Path) -> None:
    """Print the table of measures with targets, this package and peers."""
    scorer = load_scorer("language", gold)
    for number, name in enumerate(GOLD):
        documents = read_jsonl(gold / name)
        columns = {"corpus-tools": scorer.score(documents, predictions(each(predict), documents))}
        for peer, other in {**PEERS, "Punkt, EWT text": _trained_punkt(gold)}.items():
            try:
                columns[peer] = scorer.score(documents, predictions(each(other), documents))
            except ImportError:
                continue
        table = Table(title=f"{name}: per cent", title_justify="left")
        for heading in ("measure", "must", "goal", *columns):
            table.add_column(heading, justify="left" if heading == "measure" else "right")
        for measure, targets in TARGETS.items():
            if measure in columns["corpus-tools"]:
                must, goal = targets[number] or (0, 0)
                values = [f"{100 * result[measure]:.2f}" if result.get(measure) else "" for result in columns.values()]
                table.add_row(measure, *(f"{value:g}" if value else "" for value in (must, goal)), *values)
        Console().print(table)


def _trained_punkt(gold: Path) -> Predict:
    """Punkt with parameters learned from the plain text of EWT, train."""

    @cache
    def tokenizer() -> Any:
        from nltk.tokenize.punkt import PunktSentenceTokenizer, PunktTrainer

        trainer = PunktTrainer()
        text = "\n\n".join(document["text"] for document in read_jsonl(gold / "language" / "ewt_train.jsonl"))
        trainer.train(text, finalize=True)
        return PunktSentenceTokenizer(trainer.get_params())

    return lambda document: _nltk(document, tokenizer())


# --- speed --------------------------------------------------------------------------------------


def speed() -> None:
    """Print tokens per second of the pipeline and of peers, time to the first answer, size of the weights, growth."""
    from corpus_tools import language

    texts = _texts()
    count = sum(len(language.tokenize(text)) for text in texts)
    table = Table(title=f"language: {len(texts)} texts, {count} tokens, one core", title_justify="left")
    for heading in ("what", "tokens per second"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for name, work in {**_stages(), **_peer_stages()}.items():
        try:
            table.add_row(name, f"{count / _seconds(work, texts):,.0f}")
        except ImportError:
            continue
    Console().print(table)
    clock, processor = _first_call()
    print(f"import and first call: {clock:.2f} s, {processor:.2f} s of a processor (must 0.8, goal 0.3)")
    print(f"shipped weights: {_weights() / 1e6:.2f} MB (must 8, goal 4)")
    for what, number in _memory().items():
        print(f"{what}: {number:,.0f}")
    text = " ".join(texts)
    for size in (1_000, 10_000, 100_000, 1_000_000, 10_000_000):
        sample = (text * (size // len(text) + 1))[:size]
        prose, solid = (_seconds(_stages()[_WHOLE], [text], runs=1) for text in (sample, "x" * size))
        print(f"{size:>10,} characters: {prose:8.3f} s; without a space {solid:8.3f} s")


def _stages() -> dict[str, Work]:
    from corpus_tools import language

    def tagged(annotation: Annotation) -> Any:
        return annotation.upos

    def based(annotation: Annotation) -> Any:
        return annotation.lemmas

    def whole(annotation: Annotation) -> Any:
        return annotation.tokens, annotation.upos, annotation.xpos, annotation.lemmas, annotation.names

    def phrased(annotation: Annotation) -> Any:
        return whole(annotation), annotation.chunks, annotation.clauses

    return {
        "sentences": _one_by_one(language.sentences),
        "sentences, tokens": _one_by_one(language.tokenize),
        "counting words": _one_by_one(language.words),
        "sentences, tokens, universal tags": _together(tagged),
        "sentences, tokens, tags, lemmas": _together(based),
        _WHOLE: _together(whole),
        "the same, each text by itself": _one_by_one(lambda text: whole(language.annotate(text))),
        "noun phrases, verb groups, clauses too": _together(phrased),
    }


def _one_by_one(work: Callable[[str], Any]) -> Work:
    def each_text(texts: list[str]) -> None:
        for text in texts:
            work(text)

    return each_text


def _together(work: Callable[[Annotation], Any]) -> Work:
    def all_texts(texts: list[str]) -> None:
        from corpus_tools import language

        for annotation in language.annotate_all(texts):
            work(annotation)

    return all_texts


def _peer_stages() -> dict[str, Work]:
    def nltk_words(text: str) -> Any:
        from nltk.tokenize import NLTKWordTokenizer

        return NLTKWordTokenizer().tokenize(text)

    return {
        "NLTK tokenizer alone": _one_by_one(nltk_words),
        "spaCy blank tokenizer alone": _one_by_one(lambda text: _spacy()(text)),
    }


def _seconds(work: Work, texts: list[str], *, runs: int = 5) -> float:
    """Processor time of the best of some runs over all texts."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work(texts)
        best = min(best, time.process_time() - start)
    return best


def _texts() -> list[str]:
    """Texts of the sample corpus."""
    paths = sorted([*SAMPLE.rglob("*.txt"), *SAMPLE.rglob("*.md")])
    return [path.read_text(encoding="utf-8", errors="replace") for path in paths if "expected" not in path.parts]


def _first_call() -> tuple[float, float]:
    """Time to the first tagged sentence of a new process, by the clock and of a processor; best of five."""
    code = (
        "import time; start = time.perf_counter(), time.process_time(); from corpus_tools import language; "
        "a = language.annotate('Ann Oda of Bonn said it was closed.'); a.lemmas; a.names; "
        "print(time.perf_counter() - start[0], time.process_time() - start[1])"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(5)]
    clock, processor = zip(*(map(float, run.stdout.split()) for run in runs), strict=True)
    return min(clock), min(processor)


#: What is run in a new process to see what it needs; `text` and `peak` (in MB, from here on) are given.
_MEMORY: Mapping[str, str] = {
    "MB for 1 MB of text, everything asked for": "ask(language.annotate(text[:1_000_000])); print(peak())",
    "MB for 200 texts of 3 kB, annotate_all": "run(200); print(peak())",
    "MB for 2,000 texts of 3 kB, annotate_all": "run(2_000); print(peak())",
    "bytes a token, tokens_table": (
        "import pandas as pd; frame = pd.DataFrame({'article_id': range(500), 'text': [text[:3_000]] * 500}); "
        "language.tokens_table(frame.head(2)); start = used(); count = len(language.tokens_table(frame)); "
        "print(peak() * 1e6 / count)"
    ),
}
#: Where Linux tells the most memory that a process has had; what others tell includes that of who started it.
STATUS = Path("/proc/self/status")
_PRELUDE = r"""
import re
from benchmarks.language import STATUS, _texts
from corpus_tools import language
def used():
    return int(re.search(r"VmHWM:\s+(\d+)", STATUS.read_text())[1]) * 1024 / 1e6
def peak():
    return used() - start
def ask(one):
    return one.tokens, one.upos, one.xpos, one.lemmas, one.names, one.chunks, one.clauses
def run(count):
    for one in language.annotate_all(text[number * 97:][:3_000] for number in range(count)):
        ask(one)
text = " ".join(_texts()) * 12
run(2)
start = used()
"""


def _memory() -> dict[str, float]:
    """Memory beyond that of the loaded models, measured in a new process for each; on Linux only."""
    found = {}
    for what, code in _MEMORY.items() if STATUS.exists() else ():
        run = subprocess.run([sys.executable, "-c", _PRELUDE + code], capture_output=True, text=True, check=True)
        found[what] = float(run.stdout)
    return found


def _weights() -> int:
    folder = files("corpus_tools.language").joinpath("data")
    return sum(len(item.read_bytes()) for item in folder.iterdir() if item.name.endswith(".npz"))
