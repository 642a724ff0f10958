"""Who depends on whom: outlets, the sources that they quote, and the outlets that they relay or reprint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from corpus_tools import schema
from corpus_tools.attribution import _tables as tables
from corpus_tools.attribution._people import outlets as known_outlets

if TYPE_CHECKING:
    import networkx


def network(
    attributions: pd.DataFrame,
    articles: pd.DataFrame,
    reprints: pd.DataFrame | None = None,
    *,
    aliases: Mapping[str, str] | str | Path | None = None,
) -> networkx.DiGraph[Any]:
    """Return the graph of who depends on whom.

    Parameters
    ----------
    attributions : DataFrame
        As `find` gives it.
    articles : DataFrame
        Needs ``article_id`` and ``outlet``; ``original_outlet`` and ``wire`` are used where they are there.
    reprints : DataFrame, optional
        Articles that repeat others: ``article_id``, ``role``, ``source_article_id`` (as
        `corpus_tools.articles.reprints` gives it).

    aliases : mapping or path, optional
        Other spellings of speakers, as in `sources`.

    Returns
    -------
    networkx.DiGraph
        Nodes are ("outlet", name) and ("source", name), so that an outlet that is quoted is one node; they have `kind`
        (outlet or source), `speaker_kind` and `attributions` (how often quoted or relayed). Edges go from who depends
        to whom it depends on; they have `weight` and its parts `quotes`, `relays` and `reprints`.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools.attribution import find
    >>> text = ["Mayor Ada Lind said no decision was made."]
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Post"], "text": text})
    >>> list(network(find(articles), articles).edges)
    [(('outlet', 'Post'), ('source', 'Ada Lind'))]
    """
    import networkx

    graph: networkx.DiGraph[Any] = networkx.DiGraph()
    for link in _links(attributions, articles, reprints, aliases):
        _add(graph, link.outlet, link.target, link.part, link.kind)
    return graph


def dependences(
    attributions: pd.DataFrame,
    articles: pd.DataFrame,
    reprints: pd.DataFrame | None = None,
    *,
    aliases: Mapping[str, str] | str | Path | None = None,
) -> pd.DataFrame:
    """Return what the edges between outlets count, place by place.

    Parameters
    ----------
    attributions, articles, reprints, aliases
        As for `network`.

    Returns
    -------
    DataFrame
        outlet, depends_on, part (relays or reprints), article_id, and start and end of the attribution that relays;
        missing where the whole article is a reprint.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools.attribution import find
    >>> text = ["The bridge is closed, the Tamrin Voice reported."]
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Post"], "text": text})
    >>> dependences(find(articles), articles)[["outlet", "depends_on", "part"]].values.tolist()
    [['Post', 'Tamrin Voice', 'relays']]
    """
    found = [
        (link.outlet, link.target[1], link.part, link.article_id, link.start, link.end)
        for link in _links(attributions, articles, reprints, aliases)
        if link.part != "quotes" and link.target != ("outlet", link.outlet)
    ]
    table = pd.DataFrame(found, columns=["outlet", "depends_on", "part", "article_id", "start", "end"])
    return table.astype({"start": "Int64", "end": "Int64"})


class _Link(NamedTuple):
    """One place where an outlet depends on a source or another outlet, and how."""

    outlet: str
    target: tuple[str, str]
    part: str
    kind: str
    article_id: str
    start: int | None = None
    end: int | None = None


def _links(
    attributions: pd.DataFrame,
    articles: pd.DataFrame,
    reprints: pd.DataFrame | None,
    aliases: Mapping[str, str] | str | Path | None,
) -> Iterator[_Link]:
    rows = tables.with_article(attributions, articles, "outlet")
    schema.require(rows, "speaker", "speaker_kind", "relayed_by")
    rows = rows.assign(speaker=tables.joined(rows, tables.aliases_from(aliases)))
    ours = _spellings(articles)
    columns = ("outlet", "speaker", "speaker_kind", "relayed_by", "article_id", "start", "end")
    for outlet, speaker, kind, relayed, *place in zip(*(rows[name] for name in columns), strict=True):
        if isinstance(speaker, str) and kind != "unknown":
            named = _outlet(speaker, kind, ours)
            if named is not None:
                yield _Link(outlet, ("outlet", named), "relays", "media outlet", *place)
            else:
                yield _Link(outlet, ("source", speaker), "quotes", kind, *place)
        if isinstance(relayed, str) and (relayed.casefold() in ours or relayed.lower() in known_outlets()):
            yield _Link(outlet, ("outlet", ours.get(relayed.casefold(), relayed)), "relays", "media outlet", *place)
    yield from _reprinted(articles, reprints, ours)


def _spellings(articles: pd.DataFrame) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in sorted(set(articles["outlet"].dropna())):
        found[name.casefold()] = name
        if name.casefold().startswith("the "):
            found[name[4:].casefold()] = name
        else:
            found["the " + name.casefold()] = name
        initials = "".join(word[0] for word in name.split() if word[:1].isupper() and word != "The")
        if len(initials) >= 3:
            found.setdefault(initials.casefold(), name)
    return found


def _outlet(speaker: str, kind: str, ours: dict[str, str]) -> str | None:
    """Return the outlet that a speaker is; "the Gull newspaper" is the Gull, "the authority's website" is none."""
    words = speaker.split()
    short = " ".join(words[:-1]) if words[-1].islower() else speaker
    if short.casefold() in ours:
        return ours[short.casefold()]
    return speaker if kind == "media outlet" and words[0][0].isupper() and not words[-1].islower() else None


def _add(
    graph: networkx.DiGraph[Any], outlet: str, target: tuple[str, str], part: str, kind: str, number: int = 1
) -> None:
    origin = ("outlet", outlet)
    if origin == target:
        return
    graph.add_node(origin, kind="outlet", speaker_kind="media outlet")
    graph.add_node(target, kind=target[0], speaker_kind=kind)
    graph.nodes[origin].setdefault("attributions", 0)
    graph.nodes[target]["attributions"] = graph.nodes[target].get("attributions", 0) + number
    edge = graph.get_edge_data(origin, target, default={"weight": 0, "quotes": 0, "relays": 0, "reprints": 0})
    edge = {**edge, "weight": edge["weight"] + number, part: edge[part] + number}
    graph.add_edge(origin, target, **edge)


def _reprinted(articles: pd.DataFrame, reprints: pd.DataFrame | None, ours: dict[str, str]) -> Iterator[_Link]:
    outlet_of = articles.drop_duplicates("article_id").set_index("article_id")["outlet"]
    done: set[str] = set()
    if reprints is not None and len(reprints):
        schema.require(reprints, "article_id", "role", "source_article_id")
        for row in reprints[reprints["role"] == "reprint"].to_dict("records"):
            outlet, source = outlet_of.get(row["article_id"]), outlet_of.get(row["source_article_id"])
            if isinstance(outlet, str) and isinstance(source, str) and outlet != source:
                yield _Link(outlet, ("outlet", source), "reprints", "media outlet", str(row["article_id"]))
                done.add(str(row["article_id"]))
    for row in articles.drop_duplicates("article_id").to_dict("records"):
        origin = row.get("original_outlet") if isinstance(row.get("original_outlet"), str) else row.get("wire")
        if row["article_id"] in done or not isinstance(origin, str) or not isinstance(row.get("outlet"), str):
            continue
        target = ("outlet", ours.get(origin.casefold(), origin))
        yield _Link(row["outlet"], target, "reprints", "media outlet", str(row["article_id"]))


def edges(graph: networkx.DiGraph[Any]) -> pd.DataFrame:
    """Return the graph's edges as a table, strongest first.

    Returns
    -------
    DataFrame
        outlet, depends_on, kind (outlet or source), weight, quotes, relays, reprints.

    Examples
    --------
    >>> import networkx
    >>> edges(networkx.DiGraph()).empty
    True
    """
    columns = ["outlet", "depends_on", "kind", "weight", "quotes", "relays", "reprints"]
    made = [
        (origin[1], target[1], target[0], *(data[name] for name in columns[3:]))
        for origin, target, data in graph.edges(data=True)
    ]
    table = pd.DataFrame(made, columns=columns)
    return table.sort_values(["weight", "outlet", "depends_on"], ascending=[False, True, True]).reset_index(drop=True)
