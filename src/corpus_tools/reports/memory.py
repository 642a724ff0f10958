"""What one report of a run has computed is not computed again for the next: results kept for the length of a run.

Many reports of one corpus read the same raw files and find the same attributions in them. In kernels that are forked
(`corpus_tools.reports.zygote`), the functions named here look into a folder of the run first. A result is found again
by all that went in: the function, its arguments to the last value (given or by default), and the content of every file
or folder that an argument names; how a table lies in memory does not matter. Two kernels that want the same at the same
time do not both compute it.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import inspect
import pickle
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus_tools.reports import freshness

#: Functions worth it: without effects but what they return, and slow. By room and name.
REMEMBERED = (
    "articles.open",
    "articles.reprints",
    "attribution.balance",
    "attribution.find",
    "attribution.hedging",
    "attribution.sources",
    "compute.rows",
    "quality.compare",
    "terms.collocations",
    "terms.concordance",
    "terms.cooccurrence",
    "terms.dispersion",
    "terms.lexical_diversity",
    "terms.outlet_keyness",
    "terms.phrases",
    "terms.positions",
    "terms.readability",
    "terms.tokens",
    "terms.trend",
    "timeline.events",
    "timeline.evidence",
    "timeline.expressions",
    "timeline.merge",
    "timeline.reports",
    "timeline.stories",
    "timeline.tolls",
)

#: Results of more bytes are not kept.
LARGEST = 400_000_000


def install(folder: Path) -> None:
    """Let the functions of the rooms that are loaded keep their results in `folder`, and look there first.

    Parameters
    ----------
    folder : Path
        A folder of this run alone.
    """
    for name in REMEMBERED:
        room, _, short = name.partition(".")
        module = sys.modules.get(f"corpus_tools.{room}")
        function = getattr(module, short, None)
        if callable(function):
            setattr(module, short, remembered(function, folder))


def remembered(function: Callable[..., Any], folder: Path) -> Callable[..., Any]:
    """Return `function` so that it keeps its results in `folder`, and looks there first.

    Results that came with a warning are not kept, so that whoever asks next is warned, too.

    Parameters
    ----------
    function : callable
        Of a module; its result follows from its arguments, and from the files that they name.
    folder : Path
        There already.

    Returns
    -------
    callable
        Takes and gives the same.

    Examples
    --------
    >>> import math, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     root = remembered(math.sqrt, Path(folder))
    ...     root(9.0), root(9.0), len(list(Path(folder).glob("*.pickle")))
    (3.0, 3.0, 1)
    """

    @functools.wraps(function)
    def remembering(*given: Any, **options: Any) -> Any:
        key = _key(function, given, options)
        if not key:
            return function(*given, **options)
        with _alone(folder / f"{key}.lock"):
            kept = folder / f"{key}.pickle"
            with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError):
                return pickle.loads(kept.read_bytes())  # noqa: S301 - this run's own
            result, warned = _watched(function, given, options)
            if not warned:
                _keep(result, kept)
            return result

    return remembering


def _watched(function: Callable[..., Any], given: Any, options: Any) -> tuple[Any, bool]:
    """Return what a function returns, and whether it warned of anything; warnings go on to where they would."""
    said: list[warnings.WarningMessage] = []
    try:
        with warnings.catch_warnings(record=True) as said:
            return function(*given, **options), bool(said)
    finally:
        for warning in said:
            warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)


def _keep(result: Any, file: Path) -> None:
    """Write a result, whole or not at all; it is a help, so what prevents it is no failure."""
    with contextlib.suppress(OSError, pickle.PicklingError, TypeError, AttributeError):
        data = pickle.dumps(result, protocol=5)
        if len(data) <= LARGEST:
            written = file.with_suffix(".part")
            written.write_bytes(data)
            written.replace(file)


class _Values(pickle.Pickler):
    """Writes values so that equal ones give the same bytes, whether or not their parts are one object in memory."""

    def __init__(self, file: Any) -> None:
        super().__init__(file, protocol=5)
        self.fast = True

    def reducer_override(self, value: Any) -> Any:
        """Return a table as its names and cells; anything else as pickle has it."""
        import pandas as pd

        if isinstance(value, pd.DataFrame):
            columns = tuple(value.iloc[:, place] for place in range(value.shape[1]))
            return _said, (list(value.columns), columns, value.index, value.attrs)
        if isinstance(value, pd.Series | pd.Index):
            return _said, (value.name, repr(value.dtype), getattr(value.dtype, "categories", None), _cells(value))
        return NotImplemented


def _said(*_: Any) -> None:
    """Stand where pickle wants a function that makes the value again; nobody does."""


def _cells(column: Any) -> Any:
    """Return the cells of a column, as bytes where they are numbers or dates."""
    import numpy as np

    plain = isinstance(column.dtype, np.dtype) and column.dtype.kind in "biufmM"
    return column.to_numpy().tobytes() if plain else column.tolist()


class _Digest:
    """A file that only remembers the digest of what is written to it."""

    def __init__(self) -> None:
        self.total = hashlib.blake2b(digest_size=24)

    def write(self, data: Any) -> int:
        self.total.update(data)
        return memoryview(data).nbytes


def _key(function: Callable[..., Any], given: tuple[Any, ...], options: dict[str, Any]) -> str:
    """Return a digest of all that a result follows from; empty where that cannot be said, or is not worth it."""
    named = [value for value in (*given, *options.values()) if isinstance(value, (str, Path))]
    contents = []
    for path in (Path(value) for value in named if 0 < len(str(value)) < 1000):
        with contextlib.suppress(OSError, ValueError):
            if (path / "manifest.json").is_file():
                return ""  # a corpus on disk: opened in no time
            if path.exists():
                contents.append(freshness.of_files(path))
    digest = _Digest()
    try:
        bound = inspect.signature(function).bind(*given, **options)
        bound.apply_defaults()
        asked = (f"{function.__module__}.{function.__qualname__}", str(Path.cwd()), contents, bound.args, bound.kwargs)
        _Values(digest).dump(asked)
    except (pickle.PicklingError, TypeError, AttributeError, ValueError, RecursionError):
        return ""
    return digest.total.hexdigest()


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Wait until no other process does the same; one that dies lets go."""
    import fcntl

    with contextlib.ExitStack() as held:
        with contextlib.suppress(OSError):  # a full disk is no reason not to compute
            fcntl.flock(held.enter_context(lock.open("w")), fcntl.LOCK_EX)
        yield
