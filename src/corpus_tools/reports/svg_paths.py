"""The paths of a drawing in fewer bytes: from place to place instead of from the corner, circles as circles."""

from __future__ import annotations

import re
from itertools import pairwise

_TOKENS = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
_SIZES = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "C": 6, "Z": 0}

# Paths are reckoned in whole tenths of a point, so that nothing drifts.
_UNIT = 10

_Command = tuple[str, list[int]]


def shorter(path: str) -> str:
    """Return a path that draws the same, with steps instead of places; as it is when it holds anything unusual.

    Examples
    --------
    >>> shorter("M111.3 433L158 433L158 417.2L111.3 417.2z")
    'M111.3 433h46.7v-15.8h-46.7z'
    """
    commands = _parsed(path)
    if commands is None:
        return path
    here, begun, written, before = (0, 0), (0, 0), [], ""
    for letter, numbers in commands:
        if letter == "Z":
            written.append("z")
            here, before = begun, "z"
            continue
        steps = [number - here[place % 2] for place, number in enumerate(numbers)]
        here = (numbers[-2], numbers[-1])
        name = letter.lower()
        if letter == "M":
            begun = here
            name = "m" if written else "M"
        elif letter == "L" and 0 in steps:
            name, steps = ("h", steps[:1]) if steps[1] == 0 else ("v", steps[1:])
        # What follows a step of the same kind needs no letter of its own.
        written.append(_joined(steps, after="" if name != before else written[-1], name=name))
        before = name
    return "".join(written)


def circle(path: str) -> tuple[str, str, str] | None:
    """Return centre and radius of a path that is a circle, as matplotlib draws one: eight curves around a centre.

    Examples
    --------
    >>> circle("M0 1C.3 1 .5 .9 .7 .7C.9 .5 1 .3 1 0C1 -.3 .9 -.5 .7 -.7C.5 -.9 .3 -1 0 -1C-.3 -1 -.5 -.9 -.7 -.7"
    ...     "C-.9 -.5 -1 -.3 -1 0C-1 .3 -.9 .5 -.7 .7C-.5 .9 -.3 1 0 1z")
    ('0', '0', '1')
    """
    commands = _parsed(path)
    if commands is None or "".join(letter for letter, _numbers in commands) != "MCCCCCCCCZ":
        return None
    points = [(numbers[-2], numbers[-1]) for _letter, numbers in commands[1:-1]]
    across = [point[0] for point in points]
    down = [point[1] for point in points]
    x, y = (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
    radius = (max(across) - min(across)) / 2
    if any(abs(((px - x) ** 2 + (py - y) ** 2) ** 0.5 - radius) > 1.5 for px, py in points):
        return None
    return _written(x), _written(y), _written(radius)


def dots(path: str) -> tuple[str, float] | None:
    """Return a path of many circles of one size as one of dots, which a round line draws, and their diameter.

    Examples
    --------
    >>> ring = "M{0} .4C{0} .4 {0} .4 {0} .3C{0} .2 {0} .1 {0} 0C{0} -.1 {0} -.2 {0} -.3C{0} -.4 {0} -.4 {0} -.4" * 2
    >>> dots(ring.format(4)) is None
    True
    """
    rings = [f"{ring}z" for ring in path.split("z")[:-1]]
    found = [circle(ring) for ring in rings]
    if len(found) < 2 or any(one is None for one in found) or len({one[2] for one in found if one}) > 1:
        return None
    known = [one for one in found if one]
    return shorter("".join(f"M{x} {y}L{x} {y}" for x, y, _radius in known)), 2 * float(known[0][2])


def _parsed(path: str) -> list[_Command] | None:
    tokens = _TOKENS.findall(path)
    found: list[_Command] = []
    place = 0
    while place < len(tokens):
        letter = tokens[place].upper() if tokens[place] in ("z", "Z") else tokens[place]
        size = _SIZES.get(letter)
        numbers = tokens[place + 1 : place + 1 + (size or 0)]
        if size is None or size == 1 or len(numbers) < size or any(number.isalpha() for number in numbers):
            return None
        found.append((letter, [round(float(number) * _UNIT) for number in numbers]))
        place += 1 + size
    return found


def _joined(steps: list[int], *, after: str, name: str) -> str:
    """Return steps as text, with a space only where two numbers would run into one another."""
    numbers = [_written(step) for step in steps]
    text = name if not after else _gap(after, numbers[0])
    return text + numbers[0] + "".join(_gap(one, other) + other for one, other in pairwise(numbers))


def _gap(before: str, after: str) -> str:
    if after.startswith("-"):
        return ""
    last = re.split(r"[^\d.]", before)[-1]
    return "" if after.startswith(".") and last.count(".") == 1 else " "


def _written(tenths: float) -> str:
    number = f"{tenths / _UNIT:.1f}".removesuffix(".0")
    number = re.sub(r"^(-?)0\.", r"\1.", number)
    return "0" if number in ("-0", "-", "") else number
