"""Article pages: body, title, authors and date, with existing tools run beside on the same pages in the same run.

python -m benchmarks quality --gold FOLDER pages
python -m benchmarks.pages --gold FOLDER --every 8          (every eighth page: a look in a minute)
python -m benchmarks speed --gold FOLDER pages              (processor time, beside trafilatura's page by page)
python -m benchmarks predict pages GOLD.jsonl --out PRED.jsonl
"""

from __future__ import annotations

import gzip
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks._registry import inputs, load_scorer, read_jsonl

SCORER = "pages"
GOLD = ("pages/fundus_parsers.jsonl", "pages/trafilatura_dev.jsonl", "pages/htmldate_dev.jsonl")
_MEASURES = (
    "body_f1",
    "body_precision",
    "body_recall",
    "segments_f1",
    "title_exact",
    "authors_exact",
    "date_f1",
    "date_accuracy",
)
_HEADS = ("body F1", "body P", "body R", "segm F1", "title", "authors", "date F1", "date acc")
Page = tuple[dict[str, Any], bytes]


def predict_all(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Predict the article of each document; ``html`` is the page or a file, relative to the gold's or this folder."""
    return [own((document, _load(document, None))) for document in documents]


def _load(document: dict[str, Any], folder: Path | None) -> bytes:
    """Return the page of a document: the value of ``html`` itself, or the file that it names."""
    value = str(document["html"])
    if value.lstrip().startswith("<"):
        return value.encode()
    places = [folder, Path(), *_BESIDE]
    path = next((place / value for place in places if place is not None and (place / value).is_file()), None)
    if path is None:
        raise FileNotFoundError(f"There is no page {value}; run it in the folder of the gold file.")
    data = path.read_bytes()
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


#: Where pages are looked for when a file of gold was moved away from them: beside the checkout.
_BESIDE = sorted(Path(__file__).resolve().parents[2].glob("*/gold/pages"))


def own(page: Page) -> dict[str, Any]:
    """Read a page with corpus-tools, as `corpus_tools.articles.read` does."""
    from corpus_tools.articles import html
    from corpus_tools.articles.rows import row
    from corpus_tools.articles.rules import Rules
    from corpus_tools.errors import UnreadableInput

    document, data = page
    try:
        record = html.record(data, url=document.get("url"))
        found = row(record, rules=Rules(), name=document["id"], sha256="")
    except UnreadableInput:
        return {"id": document["id"]} | _metadata(document, data)
    dateline = found["dateline"]
    lead = next(
        (line for line in (found["boilerplate"] or "").split("\n") if dateline and line.startswith(dateline)), dateline
    )
    return {
        "id": document["id"],
        "title": found["title"],
        "authors": [*found["authors"], *_beside(record.fields.get("authors", ()), found)],
        "published": _day(found["published"], found["published_offset"]),
        "body": f"{lead or ''} {found['text']}".strip(),
    }


def _beside(named: Any, found: dict[str, Any]) -> list[str]:
    """Return the agencies that the byline names beside people: the golds have them there, the table in ``wire``."""
    from corpus_tools.articles.publication import people
    from corpus_tools.articles.rules import Rules

    written = people(named, Rules())
    return [name for name in named if found["wire"] and name not in written]


def _metadata(document: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Return title, authors and date of a page without an article; nothing where it cannot be parsed."""
    from corpus_tools.articles.html.decoding import decode
    from corpus_tools.articles.html.extract import extract
    from corpus_tools.errors import UnreadableInput

    try:
        found = extract(decode(data).text, url=document.get("url"))
    except UnreadableInput:
        return {}
    published = found.published
    day = _day(published.value, published.offset) if published is not None else None
    return {"title": found.title, "authors": list(found.authors), "published": day}


def _day(moment: Any, offset: Any) -> str | None:
    """Return the day by the clock that the page gives."""
    return None if moment is None else str((moment + timedelta(minutes=int(offset or 0))).date())


def _trafilatura(fast: bool) -> Callable[[Page], dict[str, Any]]:
    def read(page: Page) -> dict[str, Any]:
        import trafilatura

        return {"body": trafilatura.extract(page[1], include_comments=False, fast=fast)}

    return read


def _trafilatura_metadata(page: Page) -> dict[str, Any]:
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(page[1])
    authors = found.author.split("; ") if found.author else None
    return {"title": found.title, "authors": authors, "published": found.date}


def _readability(page: Page) -> dict[str, Any]:
    import lxml.html
    from readability import Document

    document = Document(page[1].decode("utf-8", "replace"))
    body = lxml.html.fromstring(document.summary(html_partial=True) or "<p></p>")
    return {
        "title": document.short_title(),
        "body": "\n".join(text.strip() for text in body.itertext() if text.strip()),
    }


def _resiliparse(page: Page) -> dict[str, Any]:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse_from_bytes(page[1], detect_encoding(page[1]) or "utf-8")
    return {"body": extract_plain_text(tree, main_content=True, alt_texts=False, list_bullets=False, comments=False)}


def _htmldate(page: Page) -> dict[str, Any]:
    from htmldate import find_date

    return {"published": find_date(page[1].decode("utf-8", "replace"), original_date=True, extensive_search=True)}


PAGES_PEERS: dict[str, Callable[[Page], dict[str, Any]]] = {
    "corpus-tools": own,
    "trafilatura": _trafilatura(fast=False),
    "trafilatura fast": _trafilatura(fast=True),
    "trafilatura metadata": _trafilatura_metadata,
    "readability": _readability,
    "resiliparse": _resiliparse,
    "htmldate": _htmldate,
}


def quality(gold: Path, every: int = 1) -> None:
    """Print, for each gold file, the measures and the pages per second of CPU time of every tool."""
    scorer = load_scorer(SCORER, gold)
    for name in GOLD:
        if not (gold / name).is_file():
            print(f"pages: no {name} under {gold}; left out")
            continue
        documents = read_jsonl(gold / name)[::every]
        pages = [(inputs(document), _load(document, (gold / name).parent)) for document in documents]
        print(f"pages on {name}: {len(pages)} pages{f', one of {every}' if every > 1 else ''}", flush=True)
        print(f"  {'':22}{''.join(f'{head:>10}' for head in _HEADS)}{'pages/s':>10}")
        for tool, read in PAGES_PEERS.items():
            predicted, seconds = _timed(read, pages)
            figures = scorer.score(documents, predicted)
            print(f"  {tool:22}{''.join(_cells(figures, predicted))}{len(pages) / seconds:>10.1f}", flush=True)


#: Tools whose speed is compared, the one that others are held against first; pages of each set, and rounds.
SPEED_PEERS = ("trafilatura fast", "corpus-tools", "trafilatura", "resiliparse")
EVERY, ROUNDS = 4, 3


def speed(gold: Path | None = None) -> None:
    """Print pages per second of processor time, and how many times as fast as trafilatura's fast mode each tool is.

    The tools read each page in turns, so that what else the machine does falls on all of them alike; the ratios are the
    medians of several rounds.
    """
    if gold is None:
        print("pages: name the folder of gold pages with --gold; left out")
        return
    _load_once()
    for name in GOLD:
        if not (gold / name).is_file():
            print(f"pages: no {name} under {gold}; left out")
            continue
        documents = read_jsonl(gold / name)[::EVERY]
        pages = [(inputs(document), _load(document, (gold / name).parent)) for document in documents]
        rounds = [_round(pages) for _ in range(ROUNDS + 1)][1:]  # The first one loads what is needed.
        print(f"pages of {name}: {len(pages)}, in turns, {ROUNDS} rounds", flush=True)
        print(f"  {'':22}{'pages/s':>10}{'times as fast':>16}{'(of rounds)':>16}")
        for tool in SPEED_PEERS:
            ratios = [seconds[SPEED_PEERS[0]] / seconds[tool] for seconds in rounds]
            rate = len(pages) / statistics.median(seconds[tool] for seconds in rounds)
            span = f"({min(ratios):.2f}–{max(ratios):.2f})"
            print(f"  {tool:22}{rate:>10.1f}{statistics.median(ratios):>16.2f}{span:>16}", flush=True)


def _round(pages: list[Page]) -> dict[str, float]:
    """Return the processor time that each tool takes for all pages, asked page by page in turns."""
    seconds = dict.fromkeys(SPEED_PEERS, 0.0)
    for page in pages:
        for tool in SPEED_PEERS:
            start = time.process_time()
            _safely(PAGES_PEERS[tool], page)
            seconds[tool] += time.process_time() - start
    return seconds


def _timed(read: Callable[[Page], dict[str, Any]], pages: list[Page]) -> tuple[list[dict[str, Any]], float]:
    _load_once()
    _safely(read, pages[0])
    start = time.process_time()
    predicted = [_safely(read, page) for page in pages]
    return predicted, max(time.process_time() - start, 1e-9)


def _load_once() -> None:
    """Load what tools load when they first need it: it is not counted."""
    import logging

    import htmldate
    import trafilatura

    from corpus_tools.articles.languages import language

    language("The ferry left the harbour on Tuesday morning with more than two hundred people on board.")
    logging.getLogger("readability").setLevel(logging.CRITICAL)  # A page that it cannot read counts as empty.
    del htmldate, trafilatura


def _safely(read: Callable[[Page], dict[str, Any]], page: Page) -> dict[str, Any]:
    """Return what a tool gives for a page; nothing where it fails."""
    try:
        return {"id": page[0]["id"], **read(page)}
    except Exception:
        return {"id": page[0]["id"]}


def _cells(figures: dict[str, Any], predicted: list[dict[str, Any]]) -> Iterator[str]:
    """Yield a cell for each measure; empty where the tool gives no such field, or the gold has none."""
    for measure in _MEASURES:
        field = {"body": "body", "segments": "body", "title": "title", "authors": "authors", "date": "published"}[
            measure.split("_")[0]
        ]
        given = any(line.get(field) for line in predicted)
        yield f"{100 * figures[measure]:10.2f}" if given and measure in figures else f"{'':10}"


def main(
    gold: Annotated[Path, typer.Option(help="Folder of gold data.")],
    every: Annotated[int, typer.Option(help="Take one page of so many.", min=1)] = 1,
) -> None:
    """Print what `benchmarks quality pages` prints, for all pages or a part of them."""
    quality(gold, every)


if __name__ == "__main__":
    typer.run(main)
