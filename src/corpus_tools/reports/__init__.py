"""From notebooks to pages: tables shown well, notebooks executed, HTML reports and their index written.

In a notebook, `show` and `computed`; from the command line (``corpus-tools report``) or a script, `read_plan` and
`regenerate`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus_tools.reports.controls import Form, form
    from corpus_tools.reports.parameters import Parameter, declared
    from corpus_tools.reports.plan import Plan, Report, read_plan
    from corpus_tools.reports.provenance import Computed, computed
    from corpus_tools.reports.run import Result, differing, regenerate
    from corpus_tools.reports.study import new
    from corpus_tools.reports.tables import Shown, show

_WHERE = {
    "Computed": "provenance",
    "Form": "controls",
    "Parameter": "parameters",
    "Plan": "plan",
    "Report": "plan",
    "Result": "run",
    "Shown": "tables",
    "computed": "provenance",
    "declared": "parameters",
    "differing": "run",
    "form": "controls",
    "new": "study",
    "read_plan": "plan",
    "regenerate": "run",
    "show": "tables",
}

__all__ = [
    "Computed",
    "Form",
    "Parameter",
    "Plan",
    "Report",
    "Result",
    "Shown",
    "computed",
    "declared",
    "differing",
    "form",
    "new",
    "read_plan",
    "regenerate",
    "show",
]


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(f"corpus_tools.reports.{_WHERE[name]}"), name)
    raise AttributeError(f"module 'corpus_tools.reports' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
