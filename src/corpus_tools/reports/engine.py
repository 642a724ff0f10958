"""How papermill runs a report: in memory, since writing the notebook at every cell takes longer than most cells."""

from __future__ import annotations

from typing import Any

from papermill.engines import NBClientEngine, papermill_engines

_NAME = "corpus-tools"


class InMemory(NBClientEngine):  # type: ignore[misc]
    """papermill's own engine, which also hands out the notebook that it fills, so that nothing is lost if it stops."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, *, running: list[Any], **options: Any) -> Any:
        """Run the notebook that `nb_man` holds, and put it into `running` before."""
        running.append(nb_man.nb)
        return super().execute_managed_notebook(nb_man, kernel_name, **options)


def registered() -> str:
    """Return the name by which papermill knows this engine."""
    papermill_engines.register(_NAME, InMemory)
    return _NAME
