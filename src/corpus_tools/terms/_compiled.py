"""Whether the compiled kernels are used: they need numba, which is an extra, and a job that is worth its start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])

#: Bytes of text from which on the kernels are loaded, which takes about a second (several when they were never used).
LEAST = 16_000_000
#: The same when they are loaded already.
LEAST_WHEN_LOADED = 200_000
#: What a job on words is worth.
BYTES_OF_A_WORD = 6


def kernels(size: int) -> Any | None:
    """Return the module of compiled kernels for a job of `size` bytes, or None where arrays alone shall do."""
    import sys

    loaded = f"{__package__}._kernels" in sys.modules
    if size < (LEAST_WHEN_LOADED if loaded else LEAST):
        return None
    try:
        from corpus_tools.terms import _kernels
    except ImportError:
        return None
    return _kernels


def compiled(function: Function) -> Function:
    """Compile `function` when it is first called, and keep the result on disk where that is possible."""
    from numba import njit

    try:
        return cast("Function", njit(cache=True)(function))
    except RuntimeError:  # no folder can be written
        return cast("Function", njit(function))
