"""Timelines as files: nothing is lost, made surer than it is, or taken for code."""

import csv
import json

import icalendar
import pandas as pd
import pytest
from typer.testing import CliRunner

from corpus_tools import cli, errors, schema, timeline

DAY = pd.Timestamp("2023-10-07")


def events():
    spans = {
        "day": (DAY, DAY),
        "month": ("2023-10-01", "2023-10-31"),
        "year": ("2023-01-01", "2023-12-31"),
        "interval": ("2023-10-03", "2023-10-09"),
        "until": (None, "2023-10-09"),
        "from": ("2023-10-03", None),
        "undated": (None, None),
    }
    rows = [
        {
            "event_id": f"e-{name}", "begin": pd.Timestamp(begin) if begin else None, "kind": "military_action",
            "finish": pd.Timestamp(finish) if finish else None, "place": "=Arlen, <b>north</b>;\\ port",
            "killed_min": 4, "killed_max": 11, "reports": 2, "outlets": ["Post", "Herald"], "status": "happened",
            "predicate": "raid", "first_reported": pd.Timestamp("2023-10-08"), "conflicts": ["killed"],
        }
        for name, (begin, finish) in spans.items()
    ]  # fmt: skip
    return schema.TIMELINE.conform(rows)


def sentences():
    said = 'The raid,\n"at dawn";\x07 killed <script>4</script> people.'
    return pd.DataFrame(
        {
            "event_id": ["e-day"], "sentence": [said], "outlet": ["Post"], "published": [pd.Timestamp("2023-10-08")],
            "article_id": ["a"], "start": [0], "end": [60],
        }
    )  # fmt: skip


def test_csv_has_every_event_and_no_formula(tmp_path):
    path = timeline.export(events(), tmp_path / "new" / "timeline.csv", evidence=sentences())
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["precision"] for row in rows] == ["day", "month", "year", "interval", "until", "from", "undated"]
    assert rows[0]["begin"] == "2023-10-07"
    assert rows[4]["begin"] == ""
    assert rows[0]["place"].startswith("'=")
    assert rows[0]["outlets"] == "Post; Herald"
    assert rows[0]["evidence"].startswith("“The raid")


def test_json_keeps_numbers_lists_and_evidence(tmp_path):
    found = json.loads(timeline.export(events(), tmp_path / "timeline.json", evidence=sentences()).read_text("utf-8"))
    first = found["events"][0]
    assert (first["killed_min"], first["killed_max"], first["injured_min"]) == (4, 11, None)
    assert (first["conflicts"], first["begin"], first["when"]) == (["killed"], "2023-10-07", "7 October 2023")
    assert (first["evidence"][0]["start"], first["evidence"][0]["published"]) == (0, "2023-10-08")


def test_a_calendar_spans_what_is_uncertain_and_says_so(tmp_path):
    path = timeline.export(events(), tmp_path / "timeline.ics", evidence=sentences(), title="Raids; and\r\nmore")
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    entries = {str(entry["uid"]): entry for entry in calendar.subcomponents}
    assert len(entries) == 7
    day, month = entries["e-day@corpus-tools"], entries["e-month@corpus-tools"]
    assert (str(day.decoded("dtstart")), str(day.decoded("dtend")), day["status"]) == (
        "2023-10-07",
        "2023-10-08",
        "CONFIRMED",
    )
    assert (str(month.decoded("dtstart")), str(month.decoded("dtend")), month["status"]) == (
        "2023-10-01",
        "2023-11-01",
        "TENTATIVE",
    )
    assert month["summary"].startswith("October 2023: raid")
    assert entries["e-until@corpus-tools"]["summary"].startswith("by 9 October 2023: ")
    undated = entries["e-undated@corpus-tools"]
    assert (undated.name, "dtstart" in undated) == ("VJOURNAL", False)
    assert day["location"] == "=Arlen, <b>north</b>;\\ port"
    assert "“The raid" in day["description"]
    assert max(len(line) for line in path.read_bytes().split(b"\r\n")) <= 75


def test_timelinejs_gets_escaped_texts_and_dates_no_finer_than_known(tmp_path):
    path = timeline.export(events(), tmp_path / "timeline.timelinejs.json", evidence=sentences(), title="<i>")
    page = json.loads(path.read_text("utf-8"))
    slides = {slide["unique_id"]: slide for slide in page["events"]}
    assert page["title"]["text"] == {"headline": "&lt;i&gt;", "text": "1 undated event not shown"}
    assert slides["e-month"]["start_date"] == {"year": 2023, "month": 10}
    assert slides["e-year"]["start_date"] == {"year": 2023}
    assert slides["e-interval"]["end_date"] == {"year": 2023, "month": 10, "day": 9}
    assert "end_date" not in slides["e-day"]
    assert slides["e-from"]["display_date"] == "on or after 3 October 2023"
    everything = json.dumps(page)
    assert "<script>" not in everything
    assert "<b>" not in everything


@pytest.mark.parametrize("ending", [".csv", ".json", ".ics", ".timelinejs.json"])
def test_the_same_events_give_the_same_bytes_and_none_give_a_valid_file(tmp_path, ending):
    first, second = (timeline.export(events(), tmp_path / f"{n}{ending}").read_bytes() for n in (1, 2))
    assert first == second
    assert timeline.export(schema.TIMELINE.empty(), tmp_path / f"none{ending}").stat().st_size > 10


def test_an_unknown_ending_is_refused(tmp_path):
    with pytest.raises(errors.InvalidQuery, match=r"\.ics"):
        timeline.export(events(), tmp_path / "timeline.doc")
    assert (
        timeline.export(events(), tmp_path / "timeline.txt", format="ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    )


def test_the_command_line_writes_a_timeline(tmp_path):
    text = "Title: Bomb in Arlen\nDate: 2023-10-08\n\nA bomb exploded in Arlen on Saturday, killing 23 people.\n"
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "bomb.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "timeline.ics"
    ran = CliRunner().invoke(cli.app, ["timeline", str(tmp_path / "corpus"), "--out", str(out), "--kind", "explosion"])
    assert ran.exit_code == 0, ran.output
    assert b"DTSTART;VALUE=DATE:20231007" in out.read_bytes()
    refused = CliRunner().invoke(cli.app, ["timeline", str(tmp_path / "corpus"), "--out", "timeline.doc"])
    assert isinstance(refused.exception, errors.InvalidQuery)
