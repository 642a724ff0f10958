"""What the command line prints: lines, notes, a bar, the first rows of a table."""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

#: Characters of a line of output that goes into a file or another program.
_WIDE = 200


def say(line: str, *, error: bool = False) -> None:
    """Print a line as it stands, but for characters that would steer a terminal or turn the line around."""
    typer.echo(printable(line), err=error)


def printable(text: str) -> str:
    r"""Return `text` with a space for every character that cannot be seen.

    Examples
    --------
    >>> printable("a title\x1b[2J that clears the screen")
    'a title [2J that clears the screen'
    """
    return text if text.isprintable() else "".join(one if one.isprintable() else " " for one in text)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> counted(1, "article"), counted(2000, "article")
    ('1 article', '2,000 articles')
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


@cache
def console() -> Console:
    """Return where tables and bars are drawn."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else _WIDE)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar with rate and time left, in a terminal; yield what moves it, called with done and total."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    screen = console()
    started = time.monotonic()
    with notes(), Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task(what, total=None, rate="")

        def advance(done: int, total: int) -> None:
            seconds = time.monotonic() - started
            rate = f"{done / seconds:,.1f}/s" if done and seconds else ""
            bar.update(task, completed=done, total=total, rate=rate)

        yield advance


@contextmanager
def working(what: str) -> Iterator[None]:
    """Say that something goes on, as long as it does, and afterwards what the library warned of."""
    with console().status(printable(what)), notes():
        yield


@contextmanager
def notes() -> Iterator[None]:
    """Say what the library warns of, once each, as notes."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        yield
    for message in dict.fromkeys(str(warning.message) for warning in caught):
        say(f"Note: {message}", error=True)


def show(table: pd.DataFrame, columns: Sequence[str], rows: int) -> None:
    """Draw the first rows of a table, and say how many there are.

    Parameters
    ----------
    table : DataFrame
        Any table.
    columns : sequence of str
        Those to show; names that the table has not are left out.
    rows : int
        Most rows.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shown = [name for name in columns if name in table.columns]
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in shown:
        right = table[name].dtype.kind in "iuf" or name == "left"
        drawn.add_column(name.replace("_", " "), justify="right" if right else "left", overflow="fold")
    for row in table[shown].head(rows).itertuples(index=False, name=None):
        drawn.add_row(*(Text(cell(value)) for value in row))
    if len(table):
        console().print(drawn)
    more = "; --out FILE writes all of them, --top N shows more" if len(table) > rows else ""
    say(f"{counted(len(table), 'row')}{more}")


def cell(value: Any) -> str:
    """Return a value of a table as people read it; one that is missing is empty.

    Examples
    --------
    >>> import pandas as pd
    >>> cell(1234), cell(0.5), cell(12345.678), cell(pd.Timestamp("2031-03-03")), cell(None), cell(["Ana", "Ben"])
    ('1,234', '0.500', '12,346', '2031-03-03', '', 'Ana; Ben')
    """
    import pandas as pd

    if isinstance(value, list | tuple):
        return "; ".join(cell(one) for one in value)
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}" if value == value.normalize() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, bool | str):
        return " ".join(printable(str(value)).split())
    if isinstance(value, Integral):
        return f"{int(value):,}"
    return _decimal(float(value)) if isinstance(value, Real) else printable(str(value))


def _decimal(value: float) -> str:
    if abs(value) >= 1000 or value == 0:
        return f"{value:,.0f}"
    return f"{value:.3f}" if abs(value) >= 0.001 else f"{value:.2g}"
