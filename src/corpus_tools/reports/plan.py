"""Which reports to make: reports.toml, read and checked as a whole before anything runs."""

from __future__ import annotations

import ast
import contextlib
import json
import os
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

from corpus_tools.errors import InvalidPlan
from corpus_tools.reports import parameters as declarations
from corpus_tools.reports.parameters import Parameter

_TOP_KEYS = {"title", "corpus", "report"}
_REPORT_KEYS = {"name", "notebook", "corpus", "title", "parameters"}

# Most reports that one entry may make.
_MOST_SWEPT = 200

#: The parameter by which every notebook is told its corpus.
CORPUS = "corpus_path"


@dataclass(frozen=True)
class Report:
    """One report to make.

    Parameters
    ----------
    name : str
        Short name, unique in the plan; the page is called after it.
    title : str
        What stands above the page.
    notebook : Path
        The notebook to execute.
    corpus : Path
        Folder of a built corpus, or of raw articles.
    parameters : tuple of (str, value)
        Those that differ from the notebook's defaults, checked.
    declared : tuple of Parameter
        What the notebook lets its user set.
    """

    name: str
    title: str
    notebook: Path
    corpus: Path
    parameters: tuple[tuple[str, Any], ...]
    declared: tuple[Parameter, ...]

    @property
    def values(self) -> dict[str, Any]:
        """What is handed to the notebook; the corpus's path is relative to the notebook's folder."""
        corpus = Path(os.path.relpath(self.corpus, self.notebook.parent)).as_posix()
        return {**dict(self.parameters), CORPUS: corpus}


@dataclass(frozen=True)
class Plan:
    """All reports to make, in order.

    Parameters
    ----------
    title : str
        What stands above the index.
    reports : tuple of Report
        In the order of the file.
    """

    title: str
    reports: tuple[Report, ...]

    def on(self, corpus: str | Path) -> Plan:
        """Return the same plan with every report on another corpus."""
        folder = _existing(Path(corpus), "--corpus")
        return replace(self, reports=tuple(replace(report, corpus=folder) for report in self.reports))

    def given(self, texts: Mapping[str, str], *names: str) -> Plan:
        """Return the plan with parameters as somebody wrote them on a command line.

        Parameters
        ----------
        texts : mapping of str to str
            Values by the name of the parameter.
        *names : str
            The reports to give them to; by default all.

        Raises
        ------
        InvalidPlan
            When one of these reports does not declare the parameter, or the value is not of its type.
        """
        chosen = {report.name for report in (self.only(*names) if names else self.reports)}
        for name in [] if names else texts:
            having = [report.name for report in self.reports if name in {one.name for one in report.declared}]
            if 0 < len(having) < len(self.reports):
                few = " ".join(f"--only {one}" for one in having)
                raise InvalidPlan(f"Not every report has a parameter {name!r}; say which to make: {few}.")
        return replace(self, reports=tuple(_given(r, texts) if r.name in chosen else r for r in self.reports))

    def only(self, *names: str) -> list[Report]:
        """Return the reports of these names.

        Raises
        ------
        InvalidPlan
            When there is none of a name; the message lists those that there are.
        """
        known = {report.name: report for report in self.reports}
        for name in names:
            if name not in known:
                raise InvalidPlan(f"There is no report {name!r} in the plan; there are {', '.join(known)}.")
        return [report for report in self.reports if report.name in names]


def read_plan(path: str | Path, *, corpus: str | Path | None = None) -> Plan:
    """Return the plan that a reports.toml holds; paths in it are relative to its folder.

    Parameters
    ----------
    path : str or Path
        The file. It holds, optionally, ``title`` (of the index) and ``corpus`` (of every report that names none), and
        one ``[[report]]`` each with ``notebook``, and optionally ``corpus``, ``title``, ``name`` and ``parameters``. A
        list of values for a parameter that takes one makes a report for each of them.
    corpus : str or Path, optional
        A corpus that replaces those of the file.

    Returns
    -------
    Plan
        Checked: notebooks and corpora are there, every parameter is declared by its notebook and of its type.

    Raises
    ------
    InvalidPlan
        When anything is wrong; the message says where, and what is allowed.

    Examples
    --------
    >>> read_plan("nowhere/reports.toml")
    Traceback (most recent call last):
    corpus_tools.errors.InvalidPlan: There is no plan at nowhere/reports.toml; name another with --plan.
    """
    file = Path(path)
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InvalidPlan(f"There is no plan at {file}; name another with --plan.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidPlan(f"{file} cannot be read: {error}.") from error
    except tomllib.TOMLDecodeError as error:
        raise InvalidPlan(f"{file} is not valid TOML: {error}.") from error
    _refuse_unknown(content, _TOP_KEYS, str(file))
    entries = content.get("report", [])
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise InvalidPlan(f"{file} plans no report; each stands under a line [[report]].")
    replaced = _existing(Path(corpus), "--corpus") if corpus is not None else None
    default = _text(content, "corpus", str(file))
    reports = tuple(
        report
        for number, entry in enumerate(entries, start=1)
        for report in _reports(entry, file.parent, f"{file.name}, report {number}", default, replaced)
    )
    return Plan(_text(content, "title", str(file)) or "Reports", _named_apart(reports, file.name))


def slug(text: str) -> str:
    """Return `text` as a file name of small letters, digits and hyphens.

    Examples
    --------
    >>> slug("Who says it? Émile & Co."), slug("../../etc"), slug("???")
    ('who-says-it-emile-co', 'etc', 'report')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")[:80] or "report"


def load_notebook(path: Path) -> dict[str, Any]:
    """Return a notebook's JSON.

    Raises
    ------
    InvalidPlan
        When the file is missing or not a notebook of nbformat 4.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InvalidPlan(f"There is no notebook at {path}.") from None
    except (OSError, ValueError) as error:
        detail = "it holds something else" if isinstance(error, ValueError) else error
        raise InvalidPlan(f"{path} is not a notebook ({detail}); give the path of an .ipynb file.") from error
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4 or not isinstance(notebook.get("cells"), list):
        raise InvalidPlan(f"{path} is not a notebook of format 4.")
    return notebook


def heading(notebook: Mapping[str, Any]) -> tuple[str, str]:
    r"""Return a notebook's title and the question that its first paragraph asks, as plain text.

    Examples
    --------
    >>> heading({"cells": [{"cell_type": "markdown", "source": "# Terms\n\nWhat is *said*?\n\nMore."}]})
    ('Terms', 'What is said?')
    """
    for cell in notebook["cells"]:
        if cell.get("cell_type") == "markdown":
            blocks = re.split(r"\n\s*\n", "".join(cell.get("source", "")).strip())
            if blocks[0].startswith("# "):
                first, _, rest = blocks[0].partition("\n")
                following = ([rest] if rest.strip() else []) + blocks[1:]
                return _unmarked(first[2:]), _unmarked(following[0]) if following else ""
    return "", ""


def names_used(notebook: Mapping[str, Any]) -> set[str]:
    r"""Return the dotted names of corpus-tools that a notebook's code uses.

    Examples
    --------
    >>> cell = {"cell_type": "code", "source": "import corpus_tools as ct\nct.terms.frequency(ct.open(x).articles)"}
    >>> sorted(names_used({"cells": [cell]}))
    ['corpus_tools.open', 'corpus_tools.terms.frequency']
    """
    trees = []
    for cell in notebook["cells"]:
        if cell.get("cell_type") == "code":
            with contextlib.suppress(SyntaxError):
                trees.append(ast.parse("".join(cell.get("source", ""))))
    nodes = [node for tree in trees for node in ast.walk(tree)]
    imports = [alias for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    known = {alias.asname or alias.name: alias.name for alias in imports if alias.name == "corpus_tools"}
    found = {_dotted(node) for node in nodes if isinstance(node, ast.Attribute)} - {""}
    longest = {name for name in found if not any(other.startswith(f"{name}.") for other in found)}
    names = {known[root] + dot + rest for root, dot, rest in (name.partition(".") for name in longest) if root in known}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("corpus_tools"):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _dotted(node: ast.expr) -> str:
    """Return ``a.b.c`` for an attribute of an attribute of a name; nothing for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = _dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def _given(report: Report, texts: Mapping[str, str]) -> Report:
    declared = {parameter.name: parameter for parameter in report.declared}
    where = {"report": report.title, "notebook": report.notebook.name}
    declarations.checked(dict.fromkeys(set(texts) - set(declared)), declared, **where)
    if CORPUS in texts:
        raise InvalidPlan(f"Report {report.title!r}: say --corpus instead of the parameter {CORPUS}.")
    try:
        values = {name: declared[name].parse(text) for name, text in texts.items()}
    except InvalidPlan as error:
        raise InvalidPlan(f"Report {report.title!r}: {error}.") from None
    return replace(report, parameters=tuple({**dict(report.parameters), **values}.items()))


def _unmarked(markdown: str) -> str:
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return " ".join(re.sub(r"[*`]+|(?<!\w)_+|_+(?!\w)", "", text).split())


def _reports(entry: dict[str, Any], base: Path, where: str, default: str, corpus: Path | None) -> list[Report]:
    """Return the reports of an entry: one, or one for each value of the parameters that are given several."""
    _refuse_unknown(entry, _REPORT_KEYS, where)
    named = _text(entry, "notebook", where)
    if not named:
        raise InvalidPlan(f"{where}: `notebook` is missing; give the path of an .ipynb file.")
    path = (base / named).resolve()
    notebook = load_notebook(path)
    title = _text(entry, "title", where) or heading(notebook)[0] or path.stem
    declared = declarations.declared(notebook, name=path.name)
    if CORPUS not in declared or declared[CORPUS].type != "str":
        raise InvalidPlan(f"{where}: {path.name} does not declare the parameter {CORPUS}: str.")
    given = entry.get("parameters", {})
    if not isinstance(given, dict):
        raise InvalidPlan(f"{where}: `parameters` must be a table, e.g. parameters = {{ top_n = 20 }}.")
    if CORPUS in given:
        raise InvalidPlan(f"{where}: say `corpus = …` beside the notebook instead of the parameter {CORPUS}.")
    sweep, single = _swept(given, declared)
    values = declarations.checked(single, declared, report=title, notebook=path.name)
    raw = _text(entry, "corpus", where) or default
    if corpus is None and not raw:
        raise InvalidPlan(f"{where}: `corpus` is missing; give the folder of a corpus or of raw articles.")
    folder = corpus or _existing((base / raw).resolve(), where)
    name = slug(_text(entry, "name", where) or path.stem)
    whole = Report(name, title, path, folder, tuple(values.items()), tuple(declared.values()))
    combinations = [dict(zip(sweep, chosen, strict=True)) for chosen in product(*sweep.values())]
    if len(combinations) > _MOST_SWEPT:
        raise InvalidPlan(
            f"{where}: its lists of values make {len(combinations):,} reports; {_MOST_SWEPT} are allowed."
        )
    return [_one_of(whole, chosen) for chosen in combinations] if sweep else [whole]


def _swept(given: Mapping[str, Any], declared: Mapping[str, Parameter]) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    """Return the parameters that are given several values, and the others."""
    several = {
        name: value
        for name, value in given.items()
        if name in declared
        and isinstance(value, list)
        and (not declared[name].type.startswith("list[") or any(isinstance(item, list) for item in value))
    }
    return several, {name: value for name, value in given.items() if name not in several}


def _one_of(whole: Report, chosen: Mapping[str, Any]) -> Report:
    """Return the report of a sweep with these values; its name and title say them."""
    declared = {parameter.name: parameter for parameter in whole.declared}
    values = declarations.checked(chosen, declared, report=whole.title, notebook=whole.notebook.name)
    said = ", ".join("; ".join(map(str, v)) if isinstance(v, list) else f"{v}" for v in values.values())
    return replace(
        whole,
        name=slug(f"{whole.name} {said}"),
        title=f"{whole.title}: {said or 'default'}",
        parameters=tuple({**dict(whole.parameters), **values}.items()),
    )


def _named_apart(reports: tuple[Report, ...], file: str) -> tuple[Report, ...]:
    """Return the reports with unique names: where one notebook makes several, their titles tell them apart."""
    names = [report.name for report in reports]
    named = tuple(
        replace(report, name=slug(f"{report.name} {report.title}")) if names.count(report.name) > 1 else report
        for report in reports
    )
    seen: set[str] = set()
    for report in named:
        if report.name in seen or report.name == "index":
            raise InvalidPlan(
                f"{file}: the name {report.name!r} is taken; give the report {report.title!r} another `name`."
            )
        seen.add(report.name)
    return named


def _existing(path: Path, where: str) -> Path:
    if not path.exists():
        raise InvalidPlan(f"{where}: there is no corpus at {path}.")
    return path.resolve()


def _text(entry: Mapping[str, Any], key: str, where: str) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise InvalidPlan(f"{where}: `{key}` must be a text in quotes, not {value!r}.")
    return value.strip()


def _refuse_unknown(entry: Mapping[str, Any], known: set[str], where: str) -> None:
    for key in entry:
        if key not in known:
            raise InvalidPlan(f"{where}: the key {key!r} is not known; there are {', '.join(sorted(known))}.")
