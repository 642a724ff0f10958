"""Made-up news: a corpus of any size on disk, with names, quotations, dates and a growing vocabulary."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools import schema
from corpus_tools.articles import manifest
from corpus_tools.articles.places import write
from corpus_tools.articles.reading import table

#: Articles in a part, sentences that a part's articles are made of, and the mean length of an article in characters.
ROWS, SENTENCES, LENGTH = 2_000, 12_000, 5_000

_OUTLETS = ("Harbour Post", "Velisk Courier", "Open Ledger", "Tamrin Voice", "Crosswind")
_FIRST = [
    "Anna",
    "Boris",
    "Clara",
    "Daniel",
    "Elena",
    "Farid",
    "Greta",
    "Hamid",
    "Irina",
    "Jonas",
    "Karim",
    "Lena",
    "Marek",
    "Nadia",
    "Omar",
    "Petra",
]
_ENDS = ["son", "ov", "enko", "idis", "ski", "ari", "mann", "etti", "ez", "ade"]
_ROLES = ("the minister", "a police spokesman", "residents", "the mayor", "an aid worker", "the union", "officials")
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SHAPES = (
    "{role} said {w} the {w} would {w} the {w} of {w} {w}.",
    "“The {w} is {w}, and we {w} the {w},” said {name}, who {w} the {w} in {place}.",
    "According to {name}, {n} people were killed in {place} on {day}.",
    "The {w} {w} of {place} {w} the {w} {w} on {date}.",
    "{name} told reporters that the {w} {w} {w} last {day}.",
    "“{W} {w} {w},” {name} said.",
    "The {w} {w} the {w} {w} and the {w} {w} in {w} {w} to {w}.",
    "A {w} {w} that {w} {w} of the {w} had {w} since {month}.",
    "At least {n} {w} {w} were {w} when a {w} {w} near {place}, {role} said.",
    "It {w} the {w} {w}, {w} {w} and {w} of {w}, in {year}.",
)


def make_part(number: int, rows: int = ROWS, *, words: int = 40_000) -> pd.DataFrame:
    """Return the articles of one part; the same number gives the same articles.

    Parameters
    ----------
    number : int
        Which part. Later parts know words that earlier ones did not.
    rows : int
        How many articles.
    words : int
        Size of the vocabulary of the first part.
    """
    chance = np.random.default_rng(number)
    pool = np.array(_sentences(chance, _vocabulary(number, words)), dtype=object)
    mean = sum(map(len, pool)) / len(pool) + 1
    lengths = np.clip(chance.lognormal(np.log(LENGTH / mean) - 0.18, 0.6, rows), 3, 400).astype(int)
    picks = chance.integers(0, len(pool), int(lengths.sum()))
    ends = np.cumsum(lengths)
    first = pd.Timestamp("2016-01-01")
    articles = []
    for row, (end, length) in enumerate(zip(ends.tolist(), lengths.tolist(), strict=True)):
        chosen = pool[picks[end - length : end]].tolist()
        paragraphs = [" ".join(chosen[start : start + 3]) for start in range(0, length, 3)]
        articles.append(
            {
                "article_id": f"{number:06d}-{row:05d}",
                "title": chosen[0][:60],
                "outlet": _OUTLETS[row % len(_OUTLETS)],
                "published": first + pd.Timedelta(days=int(chance.integers(0, 1_000))),
                "language": "en",
                "text": "\n\n".join(paragraphs),
                "source_path": f"made/{number:06d}.parquet",
                "source_record": row,
            }
        )
    return schema.ARTICLES.conform(articles)


def make_corpus(folder: Path, articles: int, *, jobs: int = 1) -> None:
    """Write a corpus of so many articles, in parts, as `corpus_tools.build` would; with `jobs` processes."""
    from loky import ProcessPoolExecutor

    (folder / manifest.PARTS).mkdir(parents=True, exist_ok=True)
    numbers = range(-(-articles // ROWS))
    sizes = [min(ROWS, articles - number * ROWS) for number in numbers]
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        parts = list(pool.map(partial(_write_part, folder), numbers, sizes, chunksize=4))
    made = manifest.Manifest(
        articles=articles,
        parts=tuple(parts),
        fingerprint=manifest.fingerprint([int(part.digest, 16) for part in parts]),
    )
    write(folder / manifest.NAME, made.to_json().encode())


def _write_part(folder: Path, number: int, rows: int) -> manifest.Part:
    frame = table(make_part(number, rows))
    data = manifest.parquet_bytes(frame)
    name = f"{manifest.PARTS}/{manifest.content_name('articles', data)}"
    write(folder / name, data)
    return manifest.Part(name, len(frame), f"{manifest.row_digest(frame[['article_id']]):064x}", 0)


def _vocabulary(number: int, size: int) -> Any:
    """Return words, frequent ones first; each part has some of its own among the rare ones."""
    common = made_words(np.random.default_rng(7), size)
    fresh = made_words(np.random.default_rng(1_000_000 + number), max(50, int(size / (number + 4))))
    return np.array([*common, *fresh], dtype=object)


def made_words(chance: np.random.Generator, size: int) -> list[str]:
    """Return so many made-up words."""
    letters = np.array(list("etaoinshrdlucmfwypvbgk"))
    lengths = np.clip(chance.poisson(5.5, size) + 1, 2, 16)
    ends = np.cumsum(lengths)
    text = "".join(letters[chance.integers(0, len(letters), int(lengths.sum()))].tolist())
    return [text[end - length : end] for end, length in zip(ends.tolist(), lengths.tolist(), strict=True)]


def _sentences(chance: np.random.Generator, vocabulary: Any) -> list[str]:
    weights = 1.0 / (np.arange(1, len(vocabulary) + 1) + 2.7)
    limits = np.cumsum(weights) / weights.sum()
    drawn = iter(vocabulary[np.searchsorted(limits, chance.random(SENTENCES * 12))].tolist())
    numbers = chance.integers(0, 1 << 30, (SENTENCES, 6)).tolist()
    return [_filled(_SHAPES[row[0] % len(_SHAPES)], drawn, row) for row in numbers]


def _filled(shape: str, words: Any, numbers: list[int]) -> str:
    first, last, third, fourth, fifth = numbers[1:]
    said = shape.format_map(
        {
            "name": f"{_FIRST[first % 16]} {'KLMNPRSTV'[last % 9]}{'aeiou'[third % 5]}r{_ENDS[fourth % 10]}",
            "role": _ROLES[first % len(_ROLES)].capitalize() if shape.startswith("{role}") else _ROLES[first % 7],
            "place": ("Velisk", "Tamrin", "Kardan", "Lenn", "Ustria")[last % 5],
            "day": _DAYS[third % 7],
            "date": f"{1 + third % 28} {_MONTHS[fourth % 12]} {2005 + fifth % 12}",
            "month": _MONTHS[fourth % 12],
            "year": 1990 + fifth % 26,
            "n": 2 + fifth % 90,
            "w": "\0",
            "W": "\0",
        }
    )
    pieces = said.split("\0")
    filled = pieces[0] + "".join(next(words) + piece for piece in pieces[1:])
    return filled[0].upper() + filled[1:]
