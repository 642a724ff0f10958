"""Table in, matplotlib Axes out.

Every public function of the modules beside this one can be called as ``ct.plots.NAME``; there is no list to keep. A
module is imported only when a name that it defines is asked for.
"""

from __future__ import annotations

import ast
from functools import cache
from importlib import import_module, resources
from typing import Any


def __getattr__(name: str) -> Any:
    if not name.startswith("_"):
        module = _where().get(name)
        if module is not None:
            return getattr(import_module(f"corpus_tools.plots.{module}"), name)
        if name in _modules():
            return import_module(f"corpus_tools.plots.{name}")
    raise AttributeError(f"module 'corpus_tools.plots' has no plot {name!r}; there are: {', '.join(_where())}")


def __dir__() -> list[str]:
    return sorted(_where())


@cache
def _modules() -> tuple[str, ...]:
    """Return the names of the modules that hold plots."""
    files = (item.name for item in resources.files("corpus_tools.plots").iterdir())
    return tuple(sorted(name[:-3] for name in files if name.endswith(".py") and not name.startswith("_")))


@cache
def _where() -> dict[str, str]:
    """Return the module of each plot, by its name; found by reading the modules, not by importing them."""
    where: dict[str, str] = {}
    for module in _modules():
        source = resources.files("corpus_tools.plots").joinpath(f"{module}.py").read_text(encoding="utf-8")
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                if node.name in where:
                    raise ImportError(f"plots.{where[node.name]} and plots.{module} both define {node.name}()")
                where[node.name] = module
    return dict(sorted(where.items()))
