"""One concept for many names: who calls it what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.errors import InvalidQuery, InvalidRules
from corpus_tools.terms._groups import Groups, group
from corpus_tools.terms._types import Integers
from corpus_tools.terms.intervals import MILLION, per_million, wilson
from corpus_tools.terms.queries import parse, variant_occurrences
from corpus_tools.terms.tokens import Source, Specification, Tokens, tokens


@dataclass(frozen=True)
class Concepts(Mapping[str, list[str]]):
    """Names of concepts, each with the ways in which texts call it.

    Parameters
    ----------
    variants : mapping of str to sequence of str
        Words, phrases or patterns (``flood*``) of each concept. Within a concept the longest of overlapping variants
        counts.

    Raises
    ------
    InvalidRules
        When a concept has no variants, or a variant is no query by words.

    Examples
    --------
    >>> concepts = Concepts({"dam": ["Harl Gorge Dam", "the barrage"], "flood": ["flood*"]})
    >>> list(concepts), concepts["flood"]
    (['dam', 'flood'], ['flood*'])
    """

    variants: Mapping[str, Sequence[str]]

    def __post_init__(self) -> None:
        for name, variants in self.variants.items():
            if isinstance(variants, str) or not variants or not all(isinstance(one, str) for one in variants):
                raise InvalidRules(f"Concept {name!r} needs a list of names, e.g. [ISIS, ISIL, Islamic State].")
            for one in variants:
                if parse(one, Specification()).expression is not None:
                    raise InvalidRules(f"{one} (of concept {name!r}) is a regular expression; give words or patterns.")

    def __getitem__(self, name: str) -> list[str]:
        return list(self.variants[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.variants)

    def __len__(self) -> int:
        return len(self.variants)

    @classmethod
    def read(cls, path: str | Path) -> Concepts:
        """Read concepts from a YAML file: each name with a list of variants.

        Raises
        ------
        InvalidRules
            When the file cannot be read or is not of that form.
        """
        import yaml

        try:
            loaded = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise InvalidRules(f"{path} cannot be read as YAML: {error}") from error
        if not isinstance(loaded, dict):
            raise InvalidRules(f"{path} should hold lines such as `islamic_state: [ISIS, ISIL, Islamic State]`.")
        # YAML reads No, 9/11 or 2031-03-02 as other things than text; people mean the text.
        return cls({str(name): _texts(name, values, path) for name, values in loaded.items()})


def _texts(name: Any, values: Any, path: str | Path) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(one, str | int | float) for one in values):
        raise InvalidRules(f"Concept {name!r} in {path} should be a list of names; put quotation marks around each.")
    if any(isinstance(one, bool) for one in values):
        raise InvalidRules(f"Concept {name!r} in {path} holds yes or no; put quotation marks around names.")
    return [str(one) for one in values]


def concept_frequency(
    articles: Source,
    concepts: Mapping[str, Sequence[str]],
    *,
    by: str | Sequence[str] | None = None,
    overlap: str = "within",
    lowercase: bool = True,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Count concepts, and each of their names: who calls it what.

    Parameters
    ----------
    articles : DataFrame or Tokens
        The articles.
    concepts : Concepts or mapping
        The concepts with their variants.
    by : str or sequence of str, optional
        Groups, as in `corpus_tools.terms.frequency`; ``"outlet"`` says who calls it what.
    overlap : {"within", "across"}
        Where the longest of overlapping names counts: within each concept, so that a word may belong to several
        concepts; or across all of them, so that each word belongs to one.
    lowercase : bool
        Whether upper and lower case are one.
    confidence : float
        Of the interval of the rate.

    Returns
    -------
    DataFrame
        One row for each group, concept and variant, also where it does not occur: the group's columns, ``concept``,
        ``variant``, ``count``, ``share`` (of all names of the concept in that group; missing where there are none),
        ``per_million``, ``low``, ``high``, ``documents``, ``articles``, ``tokens``.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["The Red Front marched. Reds, said the RF, win."]})
    >>> concepts = Concepts({"front": ["Red Front", "RF", "red*"]})
    >>> concept_frequency(articles, concepts)[["variant", "count", "share"]].round(2).values.tolist()
    [['Red Front', 1, 0.33], ['RF', 1, 0.33], ['red*', 1, 0.33]]
    """
    if overlap not in ("within", "across"):
        raise InvalidQuery(f"overlap is 'within' or 'across', not {overlap!r}.")
    checked = concepts if isinstance(concepts, Concepts) else Concepts(concepts)
    counted = tokens(articles, lowercase=lowercase)
    groups = group(counted.articles, by)
    names = [(name, variant) for name in checked for variant in checked[name]]
    table = _variant_counts(counted, groups, names, _occurrences(counted, checked, overlap))
    low, high = wilson(table["count"], table["tokens"], confidence=confidence)
    whole = table.groupby(["_group", "concept"])["count"].transform("sum")
    table = table.assign(
        share=(table["count"] / whole.where(whole > 0)).astype("float64"),
        per_million=per_million(table["count"], table["tokens"]),
        low=low * MILLION,
        high=high * MILLION,
    )
    numbers = ["count", "share", "per_million", "low", "high", "documents", "articles", "tokens"]
    table = table[[*groups.labels.columns, "concept", "variant", *numbers]]
    table.attrs = {"tokens": counted.describe(), "overlap": overlap}
    return table


def _occurrences(counted: Tokens, concepts: Concepts, overlap: str) -> tuple[Integers, Integers]:
    """Return where names begin among the words, and the number of each name, counted through all concepts."""
    if overlap == "across":
        begins, _, which = variant_occurrences(counted, [one for name in concepts for one in concepts[name]])
        return begins, which
    found, first = [], 0
    for name in concepts:
        begins, _, which = variant_occurrences(counted, concepts[name])
        found.append((begins, which + first))
        first += len(concepts[name])
    none = [np.empty(0, dtype=np.int64)]
    return np.concatenate([begins for begins, _ in found] or none), np.concatenate([of for _, of in found] or none)


def _variant_counts(
    counted: Tokens, groups: Groups, names: list[tuple[str, str]], found: tuple[Integers, Integers]
) -> pd.DataFrame:
    """Return one row for each group and name, in this order."""
    begins, which = found
    size, number = len(groups.labels), len(names)
    owners = np.searchsorted(counted.offsets, begins, side="right") - 1
    cells = groups.codes[owners] * number + which
    articles = np.unique(owners * max(number, 1) + which)
    in_article = groups.codes[articles // max(number, 1)] * number + articles % max(number, 1)
    of_group = np.repeat(np.arange(size), number)
    words = np.bincount(groups.codes, weights=counted.lengths, minlength=size).astype(np.int64)
    table = groups.labels.iloc[of_group].reset_index(drop=True)
    return table.assign(
        _group=of_group,
        concept=pd.Series([name for name, _ in names] * size, dtype="str"),
        variant=pd.Series([variant for _, variant in names] * size, dtype="str"),
        count=np.bincount(cells, minlength=size * number),
        documents=np.bincount(in_article, minlength=size * number),
        articles=np.bincount(groups.codes, minlength=size)[of_group],
        tokens=words[of_group],
    )
