"""Dates that can be read two ways, settled by what the outlet's other dates show.

``03/04/2016`` is 3 April for one outlet and 4 March for another. Dates that can be read one way only (``25/09/2023``)
prove an outlet's order; an outlet without proof follows the corpus when all proofs agree. What stays open is missing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from corpus_tools.articles.dates import DAY_FIRST, MONTH_FIRST
from corpus_tools.articles.rows import CANDIDATES, PROOF
from corpus_tools.articles.rules import Rules, key

_NOTE = "metadata: date order: "
#: Proofs of the order of day and month: by outlet (key of its name, "" for articles without), by order.
Proofs = Mapping[str, Mapping[str, int]]


def proofs(rows: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Count, by outlet, the dates that prove an order."""
    found: dict[str, Counter[str]] = {}
    shown = rows[rows[PROOF].notna()]
    for outlet, order in zip(shown["outlet"], shown[PROOF], strict=True):
        found.setdefault(_key(outlet), Counter())[str(order)] += 1
    return {outlet: dict(sorted(counts.items())) for outlet, counts in sorted(found.items())}


def add(first: Proofs, second: Proofs) -> dict[str, dict[str, int]]:
    """Add two counts."""
    total: dict[str, Counter[str]] = {}
    for counts in (first, second):
        for outlet, orders in counts.items():
            total.setdefault(outlet, Counter()).update(orders)
    return {outlet: dict(sorted(orders.items())) for outlet, orders in sorted(total.items())}


def order_of(outlet: Any, shown: Proofs, rules: Rules) -> tuple[str | None, str]:
    """Return the order of day and month of an outlet's dates, and why it is known (or not)."""
    known = rules.outlet(outlet) if isinstance(outlet, str) else None
    if known is not None and known.date_order:
        return known.date_order, "as the rules say for this outlet"
    own = {} if not _key(outlet) else shown.get(_key(outlet), {})
    if len(own) == 1:
        return next(iter(own)), "as other dates of this outlet show"
    if len(own) > 1:
        return None, "its other dates show both orders"
    orders = {order for counts in shown.values() for order in counts}
    if len(orders) == 1:
        return next(iter(orders)), "as the corpus's other dates show"
    return None, "no other date shows the order" if not orders else "the corpus's other dates show both orders"


def settle(rows: pd.DataFrame, shown: Proofs, rules: Rules) -> tuple[pd.DataFrame, int]:
    """Return `rows` with their open dates settled where they can be, and how many were left missing.

    Settling again, with more proofs, gives what settling once with all of them gives.
    """
    places = [place for place, value in enumerate(rows[CANDIDATES]) if isinstance(value, str)]
    if not places:
        return rows, 0
    columns: dict[str, list[Any]] = {name: rows[name].tolist() for name in ("published", "original_published", "notes")}
    left = 0
    for place in places:
        notes = [note for note in columns["notes"][place] if not note.startswith(_NOTE)]
        for name, (written, first, second) in json.loads(rows[CANDIDATES].iloc[place]).items():
            order, why = order_of(rows["outlet"].iloc[place], shown, rules)
            if order is None and "." in written and "both" not in why:
                order, why = DAY_FIRST, "as dates with points are written"
            chosen = {DAY_FIRST: first, MONTH_FIRST: second}.get(order or "")
            columns[name][place] = datetime.fromisoformat(chosen) if chosen else None
            left += chosen is None
            notes.append(f"{_NOTE}{name} {written} " + (f"read {order}, {why}" if chosen else f"left missing: {why}"))
        columns["notes"][place] = notes
    settled = rows.copy()
    for name in ("published", "original_published"):
        settled[name] = pd.to_datetime(pd.Series(columns[name], index=rows.index)).astype("datetime64[s]")
    settled["notes"] = pd.Series(columns["notes"], index=rows.index, dtype="object")
    return settled, left


def _key(outlet: Any) -> str:
    return key(outlet) if isinstance(outlet, str) else ""
