"""What a notebook lets its user set: read from its parameters cell, without running anything.

papermill passes any name and any value on to the notebook, and writes names into code as they stand. So both are
checked here, against what the notebook declares, before anything runs.
"""

from __future__ import annotations

import ast
import io
import keyword
import re
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus_tools.errors import InvalidPlan

#: Types that a parameter may be declared with, and how each is said to people.
TYPES = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "true or false",
    "list[str]": "list of texts",
    "list[int]": "list of whole numbers",
    "list[float]": "list of numbers",
}

_CHOICES = re.compile(r"one of: ([^;]+)$")

# How a comment says that a text is a day.
_DAY = "(YYYY-MM-DD)"

#: Cells with this tag declare parameters.
TAG = "parameters"


@dataclass(frozen=True)
class Parameter:
    """One parameter of a notebook.

    Parameters
    ----------
    name : str
        Its name, a Python identifier.
    type : str
        One of `TYPES`.
    default : anything
        Value when nothing else is given.
    help : str
        The comment behind it.
    """

    name: str
    type: str
    default: Any
    help: str

    @property
    def choices(self) -> tuple[str, ...]:
        """What a text may be, where the comment ends in ``one of: a, b, c``; empty when it may be anything.

        Examples
        --------
        >>> Parameter("toll", "str", "killed", "whose number to follow, one of: killed, injured").choices
        ('killed', 'injured')
        """
        found = _CHOICES.search(self.help) if self.type == "str" else None
        return tuple(choice.strip() for choice in found[1].split(",")) if found else ()

    def _allows(self, text: str) -> None:
        """Refuse a text that is none of the choices, or no day where the comment says (YYYY-MM-DD)."""
        if self.choices and text not in self.choices:
            raise InvalidPlan(f"parameter {self.name} takes one of {', '.join(self.choices)}, not {text!r}")
        if _DAY in self.help and text:
            try:
                known = date.fromisoformat(text).isoformat() == text
            except ValueError:
                known = False
            if not known:
                raise InvalidPlan(f"parameter {self.name} takes a day such as 2016-01-31, or nothing, not {text!r}")

    def check(self, value: Any) -> Any:
        """Return `value` if it is of this parameter's type (a whole number is a number, too).

        Raises
        ------
        InvalidPlan
            When it is of another type.

        Examples
        --------
        >>> Parameter("top_n", "int", 20, "rows").check(5)
        5
        >>> Parameter("share", "float", 0.5, "").check(1)
        1.0
        """
        if self.type.startswith("list["):
            if isinstance(value, (list, tuple)):
                inner = Parameter(self.name, self.type[5:-1], None, "")
                return [inner.check(item) for item in value]
        elif self.type == "bool":
            if isinstance(value, bool):
                return value
        elif self.type == "float":
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                return float(value)
        elif self.type == "int":
            if isinstance(value, int) and not isinstance(value, bool):
                return value
        elif isinstance(value, str):
            self._allows(value)
            return value
        raise InvalidPlan(f"parameter {self.name} takes a {TYPES[self.type]} ({self.type}), not {value!r}")

    def parse(self, text: str) -> Any:
        """Return the value that `text`, from a command line, stands for; the items of a list are parted by ``;``.

        Examples
        --------
        >>> Parameter("outlets", "list[str]", [], "").parse("Meridian Post; Harbour Wire")
        ['Meridian Post', 'Harbour Wire']
        >>> Parameter("direct", "bool", True, "").parse("no")
        False
        """
        if self.type.startswith("list["):
            inner = Parameter(self.name, self.type[5:-1], None, "")
            return [inner.parse(item.strip()) for item in text.split(";") if item.strip()]
        if self.type == "bool":
            known = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
            return self.check(known.get(text.strip().lower(), text))
        if self.type in ("int", "float"):
            try:
                return int(text) if self.type == "int" else float(text)
            except ValueError:
                return self.check(text)
        return self.check(text)


def declared(notebook: Mapping[str, Any], *, name: str = "the notebook") -> dict[str, Parameter]:
    """Return the parameters that a notebook declares, by name, in their order.

    Parameters
    ----------
    notebook : mapping
        The notebook as read from its file (nbformat 4).
    name : str
        How messages call it.

    Returns
    -------
    dict of str to Parameter
        From the one code cell tagged ``parameters``; empty when there is none.

    Raises
    ------
    InvalidPlan
        When several cells are tagged, or the cell holds anything but assignments of literals to plain names.

    Examples
    --------
    >>> cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "top_n: int = 20  # rows"}
    >>> declared({"cells": [cell]})
    {'top_n': Parameter(name='top_n', type='int', default=20, help='rows')}
    """
    sources = [
        "".join(cell.get("source", ""))
        for cell in notebook.get("cells", [])
        if cell.get("cell_type") == "code" and TAG in cell.get("metadata", {}).get("tags", [])
    ]
    if not sources:
        return {}
    if len(sources) > 1:
        raise InvalidPlan(f"{name} has {len(sources)} cells tagged `{TAG}`; one is allowed.")
    try:
        body = ast.parse(sources[0]).body
    except SyntaxError as error:
        raise InvalidPlan(f"The parameters cell of {name} is not Python: {error}.") from error
    comments = _comments(sources[0])
    found = (_parameter(node, comments, name) for node in body if not _is_text(node))
    return {parameter.name: parameter for parameter in found}


def checked(
    given: Mapping[str, Any], parameters: Mapping[str, Parameter], *, report: str, notebook: str
) -> dict[str, Any]:
    """Return `given` with each value checked against the declared parameter of that name.

    Parameters
    ----------
    given : mapping of str to anything
        Values by parameter name.
    parameters : mapping of str to Parameter
        What the notebook declares.
    report, notebook : str
        How messages call them.

    Raises
    ------
    InvalidPlan
        For a name that is not declared (or could not be a name at all), and for a value of another type; the message
        names report, parameter and what is allowed.

    Examples
    --------
    >>> checked({"top_n": 5}, {"top_n": Parameter("top_n", "int", 20, "")}, report="a", notebook="a.ipynb")
    {'top_n': 5}
    """
    values = {}
    for name, value in given.items():
        if not is_name(name) or name not in parameters:
            raise InvalidPlan(
                f"Report {report!r}: {notebook} has no parameter {name!r}; it has {listing(parameters.values())}."
            )
        try:
            values[name] = parameters[name].check(value)
        except InvalidPlan as error:
            raise InvalidPlan(f"Report {report!r}: {error}.") from None
    return values


def is_name(name: object) -> bool:
    """Return whether `name` can be a variable's name in Python and nothing else.

    Examples
    --------
    >>> is_name("top_n"), is_name("x = 1; import os; y"), is_name("class"), is_name("")
    (True, False, False, False)
    """
    return isinstance(name, str) and name.isidentifier() and not keyword.iskeyword(name)


def listing(parameters: Iterable[Parameter]) -> str:
    """Return the parameters in one line, for messages.

    Examples
    --------
    >>> listing([Parameter("top_n", "int", 20, "")])
    'top_n (int)'
    """
    return ", ".join(f"{parameter.name} ({parameter.type})" for parameter in parameters) or "none"


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _comments(source: str) -> dict[int, str]:
    """Return the comment of each line."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ").strip() for token in tokens if token.type == tokenize.COMMENT}


def _parameter(node: ast.stmt, comments: Mapping[int, str], name: str) -> Parameter:
    line = f"{name}, parameters cell, line {node.lineno}"
    target: ast.expr
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        target, annotation = node.target, ast.unparse(node.annotation)
    elif isinstance(node, ast.Assign) and len(node.targets) == 1:
        target, annotation = node.targets[0], ""
    else:
        raise InvalidPlan(f"{line}: only assignments such as `top_n: int = 20  # what it does` may stand here.")
    if not isinstance(target, ast.Name):
        raise InvalidPlan(f"{line}: only a plain name may be assigned to.")
    assert node.value is not None
    try:
        default = ast.literal_eval(node.value)
    except ValueError:
        raise InvalidPlan(f"{line}: the default of {target.id} must be a literal.") from None
    kind = annotation or _kind_of(default)
    if kind not in TYPES:
        raise InvalidPlan(f"{line}: {target.id} is declared as {kind}; allowed are {', '.join(TYPES)}.")
    comment = comments.get(node.end_lineno or node.lineno, "")
    parameter = Parameter(target.id, kind, default, comment)
    try:
        parameter.check(default)
    except InvalidPlan as error:
        raise InvalidPlan(f"{line}: the default is wrong: {error}.") from None
    return parameter


def _kind_of(default: Any) -> str:
    if isinstance(default, list):
        inner = {_kind_of(item) for item in default} or {"str"}
        return f"list[{inner.pop()}]" if len(inner) == 1 else "list[mixed]"
    return type(default).__name__
