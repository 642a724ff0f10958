"""Made-up stories and their copies: trimmed, retitled, with another lead, edited, merged, under outlets' furniture."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks._made import made_words
from corpus_tools import schema

#: Texts that outlets put around their articles, outlets, and set phrases that writers share.
FURNITURE, OUTLETS, PHRASES = 50, 25, 200
_DAY = pd.Timestamp("2016-01-01")
_KEPT = ["article_id", "title", "outlet", "published", "original_outlet", "wire", "text"]
#: Rows that become a table together.
_TOGETHER = 20_000
_Sentences = list[npt.NDArray[np.int64]]


class Newsroom:
    """Writes stories and copies them.

    Parameters
    ----------
    seed : int
        Another seed gives other words, stories, furniture and edits.
    length : int
        Mean number of words of a story.
    """

    def __init__(self, seed: int, length: int) -> None:
        self._chance = np.random.default_rng(seed)
        self._length = length
        self._words = np.array(made_words(self._chance, 40_000), dtype=object)
        weights = 1.0 / (np.arange(1, len(self._words) + 1) + 2.7)
        self._limits = np.cumsum(weights) / weights.sum()
        self._phrases = [self._drawn(int(size)) for size in self._chance.integers(6, 12, PHRASES)]
        self._furniture = [self._told(int(size)) for size in self._chance.integers(25, 120, FURNITURE)]

    def articles(self, number: int) -> tuple[pd.DataFrame, npt.NDArray[np.int64]]:
        """Return so many articles in random order, and for each the story that it tells."""
        rows: list[dict[str, Any]] = []
        tables: list[pd.DataFrame] = []
        stories: list[int] = []
        story, other, before = 0, self._story(), 0
        while len(stories) < number:
            first = self._story()
            copies = int(min(self._chance.geometric(0.45), 12, number - len(stories)))
            day = int(self._chance.integers(0, 900))
            rows.append(self._row(first, day, None))
            for _ in range(copies - 1):
                copy = self._edited(first, other)
                rows.append(self._row(copy, max(day, before) if len(copy) > len(first) else day, rows[-1]["outlet"]))
            stories += [story] * copies
            story, other, before = story + 1, first, day
            if len(rows) > _TOGETHER or len(stories) == number:
                tables.append(schema.ARTICLES.conform(rows)[_KEPT])
                rows = []
        order = self._chance.permutation(number)
        table = pd.concat(tables, ignore_index=True).iloc[order].reset_index(drop=True)
        table["article_id"] = pd.Series([f"{place:07d}" for place in range(number)], dtype="str")
        return table, np.array(stories)[order]

    def _row(self, sentences: _Sentences, day: int, copied: str | None) -> dict[str, Any]:
        chance = self._chance
        outlet = int(chance.integers(0, OUTLETS))
        body = self._text(sentences)
        for own in (outlet, outlet + OUTLETS):
            if chance.random() < 0.5:
                body = f"{self._furniture[own]}\n\n{body}" if own % 3 == 0 else f"{body}\n\n{self._furniture[own]}"
        later = 0 if copied is None else int(chance.integers(0, 4 * 24))
        return {
            "title": " ".join(self._words[self._drawn(7)]).capitalize(),
            "outlet": f"Outlet {outlet}",
            "published": _DAY + pd.Timedelta(days=day, hours=later),
            "original_outlet": copied if copied is not None and chance.random() < 0.3 else None,
            "text": body,
        }

    def _edited(self, story: _Sentences, other: _Sentences) -> _Sentences:
        chance = self._chance
        edit = chance.choice(["whole", "trimmed", "lead", "merged", "edited"], p=[0.2, 0.3, 0.2, 0.1, 0.2])
        if edit == "trimmed":
            return story[: max(2, int(len(story) * chance.uniform(0.35, 0.9)))]
        if edit == "lead":
            rewritten = max(1, int(len(story) * chance.uniform(0.1, 0.3)))
            return [*self._story()[:rewritten], *story[rewritten:]]
        if edit == "merged":
            return [*story, *other[: max(1, int(min(len(other), len(story)) * chance.uniform(0.2, 0.6)))]]
        if edit == "edited":
            return [self._touched(sentence) for sentence in story]
        return story

    def _touched(self, sentence: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        changed = self._chance.random(len(sentence)) < 0.02
        return np.where(changed, self._drawn(len(sentence)), sentence)

    def _story(self) -> _Sentences:
        words = int(np.clip(self._chance.lognormal(np.log(self._length) - 0.125, 0.5), self._length / 3, 5_000))
        sentences = [self._drawn(int(size)) for size in self._chance.integers(8, 26, max(3, words // 17))]
        if self._chance.random() < 0.3:
            place = int(self._chance.integers(0, len(sentences)))
            phrase = self._phrases[int(self._chance.integers(0, PHRASES))]
            sentences[place] = np.concatenate([sentences[place], phrase])
        return sentences

    def _drawn(self, size: int) -> npt.NDArray[np.int64]:
        return np.searchsorted(self._limits, self._chance.random(size)).astype(np.int64)

    def _told(self, size: int) -> str:
        return " ".join(self._words[self._drawn(size)]).capitalize() + "."

    def _text(self, sentences: _Sentences) -> str:
        told = [" ".join(self._words[sentence]).capitalize() + "." for sentence in sentences]
        return "\n\n".join(" ".join(told[start : start + 3]) for start in range(0, len(told), 3))
