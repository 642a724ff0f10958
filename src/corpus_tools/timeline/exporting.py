"""Timelines written to files that other programs open: spreadsheets, calendars, TimelineJS."""

from __future__ import annotations

import csv
import html
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pandas as pd

from corpus_tools.errors import InvalidQuery
from corpus_tools.schema import require
from corpus_tools.timeline._wording import headline, precision, when

Record = dict[str, Any]

#: What `export` writes, and the endings of file names that mean it.
FORMATS = {"csv": ".csv", "json": ".json", "ics": ".ics", "timelinejs": ".timelinejs.json"}
#: At most so many sentences stand beside an event.
SENTENCES = 5
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def export(
    merged: pd.DataFrame,
    path: str | Path,
    *,
    evidence: pd.DataFrame | None = None,
    format: str | None = None,
    title: str = "Timeline",
) -> Path:
    """Write a timeline to a file; dates are as wide as they are uncertain.

    Parameters
    ----------
    merged : DataFrame
        What `corpus_tools.timeline.merge` gives.
    path : str or Path
        The file. Its ending names the format: ``.csv``, ``.json``, ``.ics`` (iCalendar), ``.timelinejs.json``.
    evidence : DataFrame, optional
        What `corpus_tools.timeline.evidence` gives: the first sentences that report each event are written beside it.
    format : {"csv", "json", "ics", "timelinejs"}, optional
        The format, whatever the ending.
    title : str
        Name of the calendar, headline of the TimelineJS page.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InvalidQuery
        When neither ending nor `format` is known.

    Notes
    -----
    ``precision`` says how closely an event is dated: day, month, year, interval, until, from or undated. In a calendar,
    what is not known to the day is tentative, spans its interval and says so in its summary; an event without any date
    is a journal entry without a day. TimelineJS shows months and years as such; it cannot show undated events, and its
    title says how many are left out. In CSV a text that a spreadsheet would take for a formula gets an apostrophe.

    Examples
    --------
    >>> import tempfile
    >>> from corpus_tools import schema
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     export(schema.TIMELINE.empty(), Path(folder) / "events.csv").read_text(encoding="utf-8-sig")[:14]
    'event_id,begin'
    """
    require(merged, "event_id", "begin", "finish", "kind")
    file = Path(path)
    chosen = format if format in FORMATS else format_of(file)
    write = {"csv": _csv, "json": _json, "ics": _ics, "timelinejs": _timelinejs}[chosen]
    content = write(_records(merged), _sentences(evidence), title)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def format_of(path: str | Path) -> str:
    """Return the format that the ending of a file's name means; `InvalidQuery` when it means none.

    Examples
    --------
    >>> format_of("events.timelinejs.json"), format_of("events.ics")
    ('timelinejs', 'ics')
    """
    name = Path(path).name
    fitting = [known for known, ending in FORMATS.items() if name.lower().endswith(ending)]
    if not fitting:
        raise InvalidQuery(f"{name} should end in one of {', '.join(FORMATS.values())}.")
    return max(fitting, key=lambda known: len(FORMATS[known]))


def _records(merged: pd.DataFrame) -> list[Record]:
    """Return the events with None for what is missing, texts without control characters, and their precision."""
    rows = []
    for row in merged.to_dict("records"):
        record: Record = {str(name): _plain(value) for name, value in row.items()}
        rows.append({**record, "precision": precision(record["begin"], record["finish"])})
    return rows


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _CONTROL.sub(" ", value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if hasattr(value, "tolist") and not isinstance(value, pd.Timestamp):
        return _plain(value.tolist())
    return None if value is None or pd.isna(value) else value


def _sentences(evidence: pd.DataFrame | None) -> dict[str, list[Record]]:
    if evidence is None:
        return {}
    require(evidence, "event_id", "sentence", "outlet", "published", "article_id", "start", "end")
    names = ["sentence", "outlet", "published", "article_id", "start", "end"]
    found: dict[str, list[Record]] = defaultdict(list)
    for event_id, *values in evidence[["event_id", *names]].itertuples(index=False):
        if len(found[event_id]) < SENTENCES:
            record = {name: _plain(value) for name, value in zip(names, values, strict=True)}
            found[event_id].append(record | {"sentence": " ".join(str(record["sentence"]).split())})
    return found


def _said(sentence: Record) -> str:
    source = [str(sentence["outlet"] or sentence["article_id"])]
    source += [str(sentence["published"].date())] if sentence["published"] is not None else []
    return f"“{sentence['sentence']}” ({', '.join(source)})"


def _written(value: Any) -> Any:
    """Return a value as JSON can hold it; days as YYYY-MM-DD."""
    if isinstance(value, pd.Timestamp):
        return value.isoformat() if value != value.normalize() else str(value.date())
    return value


def _json(records: list[Record], sentences: dict[str, list[Record]], title: str) -> bytes:
    events = [
        {name: _written(value) for name, value in record.items()}
        | {"when": when(record["begin"], record["finish"])}
        | {"evidence": [{k: _written(v) for k, v in one.items()} for one in sentences.get(record["event_id"], [])]}
        for record in records
    ]
    return _dumped({"title": title, "events": events})


def _dumped(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(records: list[Record], sentences: dict[str, list[Record]], _title: str) -> bytes:
    from io import StringIO

    from corpus_tools.schema import TIMELINE

    names = list(records[0]) if records else [*TIMELINE.names, "precision"]
    out = StringIO()
    # With a byte order mark, Excel reads it as UTF-8, too.
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*names, "evidence"])
    for record in records:
        said = " | ".join(_said(sentence) for sentence in sentences.get(record["event_id"], []))
        writer.writerow([_cell(record[name]) for name in names] + [_cell(said)])
    return out.getvalue().encode()


def _cell(value: Any) -> Any:
    text = "; ".join(map(str, value)) if isinstance(value, list) else _written(value)
    # A spreadsheet takes a cell that starts with one of these for a formula (OWASP, CSV Injection).
    return f"'{text}" if isinstance(text, str) and text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _ics(records: list[Record], sentences: dict[str, list[Record]], title: str) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//corpus-tools//timeline//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", " ".join(_CONTROL.sub(" ", title).split()))
    for record in records:
        calendar.add_component(_entry(record, sentences.get(record["event_id"], [])))
    return bytes(calendar.to_ical())


def _entry(record: Record, sentences: list[Record]) -> Any:
    from icalendar import Event, Journal

    known = record["precision"]
    entry = Journal() if known == "undated" else Event()
    told = headline(record)
    entry.add("uid", f"{record['event_id']}@corpus-tools")
    entry.add("dtstamp", _stamp(record))
    entry.add("summary", told if known == "day" else f"{when(record['begin'], record['finish'])}: {told}")
    entry.add("categories", [record["kind"]])
    entry.add("description", _description(record, sentences))
    entry.add("x-corpus-tools-precision", known)
    if known != "undated":
        first = record["begin"] if record["begin"] is not None else record["finish"]
        last = record["finish"] if record["finish"] is not None else record["begin"]
        entry.add("dtstart", first.date())
        entry.add("dtend", (last + pd.Timedelta(days=1)).date())
        entry.add("transp", "TRANSPARENT")
        sure = known == "day" and record.get("status") in ("happened", "ongoing", None)
        entry.add("status", "CONFIRMED" if sure else "TENTATIVE")
        if record.get("place"):
            entry.add("location", record["place"])
    return entry


def _stamp(record: Record) -> Any:
    """Return a moment for the entry that does not depend on the clock: its first report's."""
    from datetime import UTC

    day = record.get("first_reported") or record["begin"] or record["finish"] or pd.Timestamp("2000-01-01")
    return day.to_pydatetime().replace(tzinfo=UTC)


def _description(record: Record, sentences: list[Record]) -> str:
    lines = [f"{record['kind'].replace('_', ' ')}, {when(record['begin'], record['finish'])}"]
    if record.get("status") not in (None, "happened"):
        lines.append(f"status: {record['status']}")
    if record.get("claimed_by"):
        lines.append(f"claimed by {record['claimed_by']}")
    if record.get("reports"):
        lines.append(
            f"independent reports: {record['reports']} ({', '.join(record.get('outlets') or ['outlet unknown'])})"
        )
    if record.get("conflicts"):
        lines.append(f"reports differ in: {', '.join(record['conflicts'])}")
    return "\n".join([*lines, *(_said(sentence) for sentence in sentences)])


def _timelinejs(records: list[Record], sentences: dict[str, list[Record]], title: str) -> bytes:
    dated = [record for record in records if record["precision"] != "undated"]
    slides = [_slide(record, sentences.get(record["event_id"], [])) for record in dated]
    missing = len(records) - len(dated)
    about = f"{missing} undated event{'' if missing == 1 else 's'} not shown" if missing else ""
    return _dumped({"title": {"text": {"headline": html.escape(title), "text": about}}, "events": slides})


def _slide(record: Record, sentences: list[Record]) -> Record:
    """Return an event for TimelineJS, which takes texts for HTML: nothing of an article reaches it unescaped."""
    first = record["begin"] if record["begin"] is not None else record["finish"]
    known = record["precision"]
    parts = {"month": 2, "year": 1}.get(known, 3)
    slide: Record = {
        "unique_id": record["event_id"],
        "group": record["kind"].replace("_", " "),
        "start_date": _parts(first, parts),
        "display_date": when(record["begin"], record["finish"]),
        "text": {
            "headline": html.escape(headline(record)),
            "text": "".join(f"<p>{html.escape(line)}</p>" for line in _description(record, sentences).split("\n")),
        },
    }
    return slide | ({"end_date": _parts(record["finish"], 3)} if known == "interval" else {})


def _parts(day: pd.Timestamp, number: int) -> dict[str, int]:
    return dict(list({"year": day.year, "month": day.month, "day": day.day}.items())[:number])
