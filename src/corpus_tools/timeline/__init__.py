"""When it happened: time expressions, reported events, and the timeline that they make."""

from corpus_tools.timeline._triggers import kinds
from corpus_tools.timeline._wording import headline, when
from corpus_tools.timeline.choosing import most_reported, most_told, select, summary
from corpus_tools.timeline.counted import counted
from corpus_tools.timeline.entities import events_of, of
from corpus_tools.timeline.events import events
from corpus_tools.timeline.exporting import export, format_of
from corpus_tools.timeline.expressions import expressions, find_expressions
from corpus_tools.timeline.incident import Incident, main_incident
from corpus_tools.timeline.merging import merge, reports
from corpus_tools.timeline.stories import stories
from corpus_tools.timeline.tolls import evidence, tolls

__all__ = [
    "Incident",
    "counted",
    "events",
    "events_of",
    "evidence",
    "export",
    "expressions",
    "find_expressions",
    "format_of",
    "headline",
    "kinds",
    "main_incident",
    "merge",
    "most_reported",
    "most_told",
    "of",
    "reports",
    "select",
    "stories",
    "summary",
    "tolls",
    "when",
]
