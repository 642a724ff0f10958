"""Calls on parts, as many at a time as an engine takes, and joins of what comes out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from corpus_tools.compute.pools import Pool, Spanned, attempt, portable
from corpus_tools.compute.tree import Tree, spans
from corpus_tools.errors import CorpusToolsError, DamagedCorpus

#: Called with how many parts are done, and how many there are.
Progress = Callable[[int, int], None]


@dataclass
class Outcome:
    """Results by the place of their part, or all joined; and what went wrong where."""

    tables: dict[int, Any] = field(default_factory=dict)
    root: Any = None
    failures: dict[int, BaseException] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class _Task:
    """A call whose result stands at this place of the tree, and the parts that it is on (none for a join)."""

    level: int
    place: int
    function: Callable[..., Any]
    inputs: tuple[Any, ...]
    parts: range = range(0)


def over(
    pool: Pool,
    parts: Sequence[Any],
    work: Callable[[Any], Any],
    join: Callable[[Any, Any], Any] | None,
    progress: Progress | None = None,
    take: Callable[[int, Any], None] | None = None,
) -> Outcome:
    """Call `work` on every part and `join` on pairs of results, as many at a time as the pool takes.

    Where results are joined, a pool may be given neighbouring parts together, whose results are joined where they are
    made. Results that are not joined are handed to `take`, with the place of their part, in the order in which they
    come, or collected.

    When worker processes die and the pool with them, what was under way is tried again one call at a time; one that
    again ends so is halved until the part to blame is known.
    """
    return _Spread(pool, parts, work, join, progress, take).outcome()


class _Spread:
    """The calls that are to be made, those under way, and what has come of the others."""

    def __init__(
        self,
        pool: Pool,
        parts: Sequence[Any],
        work: Callable[[Any], Any],
        join: Callable[[Any, Any], Any] | None,
        progress: Progress | None,
        take: Callable[[int, Any], None] | None,
    ) -> None:
        self._pool, self._parts, self._work, self._join = pool, parts, work, join
        self._progress, self._finished = progress, 0
        self._found, self._tree = Outcome(), Tree[Any](len(parts))
        self._take = take or self._found.tables.__setitem__
        most = 1 if join is None else pool.together
        self._todo = deque(self._span(level, place) for level, place in spans(len(parts), pool.workers, most))
        self._suspects: deque[_Task] = deque()
        self._suspected: set[_Task] = set()
        self._running: dict[Any, _Task] = {}
        self._is_broken = False

    def outcome(self) -> Outcome:
        """Make all calls, and return what came of them."""
        while self._todo or self._suspects or self._running:
            self._fill()
            for handle in self._pool.done(list(self._running)):
                self._end(handle)
            if self._is_broken:
                self._start_afresh()
        if self._tree.root is not None:
            self._found.root = self._pool.fetch(self._tree.root)
        return self._found

    def _span(self, level: int, place: int) -> _Task:
        """Return the call on the parts below this place of the tree."""
        if level == 0 or self._join is None:
            return self._alone(place)
        parts = range(place << level, min((place + 1) << level, len(self._parts)))
        function = partial(_joined_parts, self._work, self._join)
        return _Task(level, place, function, tuple(self._parts[part] for part in parts), parts)

    def _alone(self, part: int) -> _Task:
        return _Task(0, part, self._work, (self._parts[part],), range(part, part + 1))

    def _fill(self) -> None:
        queue, most = (self._suspects, 1) if self._suspects else (self._todo, self._pool.window)
        while queue and len(self._running) < most:
            task = queue.popleft()
            self._running[self._pool.submit(task.function, task.inputs)] = task

    def _end(self, handle: Any) -> None:
        """Take what a call gave; where its process died, it is tried again once."""
        task, value = self._running.pop(handle), None
        try:
            value = self._pool.value(handle)
        except BrokenExecutor as error:
            self._is_broken = True
            if task not in self._suspected or len(task.parts) > 1:
                self._suspect(task)
                return
            self._note(task, error)
        except Exception as error:
            self._note(task, error)
        if isinstance(value, Spanned):
            self._found.failures |= {task.parts[number]: error for number, error in value.failures.items()}
            value = value.value
        if task.parts and self._progress is not None:
            self._finished += len(task.parts)
            self._progress(self._finished, len(self._parts))
        if self._join is None:
            if value is not None:
                self._take(task.place, self._pool.fetch(value))
        elif (pair := self._tree.put(task.level, task.place, value)) is not None:
            self._todo.appendleft(_Task(pair.level, pair.place, self._join, (pair.left, pair.right)))

    def _suspect(self, task: _Task) -> None:
        """Have a call tried again by itself, or its halves where that has been done."""
        again = self._halves(task) if task in self._suspected and len(task.parts) > 1 else [task]
        self._suspects.extend(again)
        self._suspected.update(again)

    def _halves(self, task: _Task) -> list[_Task]:
        places = (2 * task.place, 2 * task.place + 1)
        return [self._span(task.level - 1, place) for place in places if place << (task.level - 1) < len(self._parts)]

    def _start_afresh(self) -> None:
        """Replace the processes, and suspect all calls that were under way when one died."""
        for task in self._running.values():
            self._suspect(task)
        self._running.clear()
        self._pool.renew()
        self._is_broken = False

    def _note(self, task: _Task, error: BaseException) -> None:
        """Note the failure of a part; anything else ends the computation."""
        if len(task.parts) != 1 or _is_wrong_call(error):
            raise error
        self._found.failures[task.parts[0]] = error


def _joined_parts(work: Callable[[Any], Any], join: Callable[[Any, Any], Any], *parts: Any) -> Spanned:
    """Call `work` on neighbouring parts and join the results as the tree of all parts would."""
    tree, failures = Tree[Any](len(parts)), {}
    for place, part in enumerate(parts):
        value = None
        try:
            value = attempt(work, part)
        except Exception as error:
            if _is_wrong_call(error):
                raise
            failures[place] = portable(error)
        pair = tree.put(0, place, value)
        while pair is not None:
            pair = tree.put(pair.level, pair.place, join(pair.left, pair.right))
    return Spanned(tree.root, failures)


def _is_wrong_call(error: BaseException) -> bool:
    return isinstance(error, CorpusToolsError) and not isinstance(error, DamagedCorpus)
