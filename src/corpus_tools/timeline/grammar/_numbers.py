"""Numbers in words and figures."""

from __future__ import annotations

from corpus_tools.timeline._pattern import Found

_VAGUE = {"few", "several", "many", "numerous", "some"}


def count(found: Found, name: str) -> float | None:
    """Return the number that the named part says; None when it is vague (*several*)."""
    words, values = found.words(name), found.values(name)
    if not words or any(word in _VAGUE for word in words):
        return None
    if "couple" in words:
        return 2.0
    if words[0] in ("a", "an", "another"):
        words, values = words[1:], values[1:]
        if not words:
            return 1.0
    for place, link in enumerate(words):
        if link in ("or", "to") or (link in "-–—" and _in_figures(words, place)):
            return number(words[:place], values[:place])
    return number(words, values)


def _in_figures(words: list[str], place: int) -> bool:
    """Whether a dash stands between figures: *10-15 years*, not *forty-five years*."""
    return words[place - 1][:1].isdigit() and words[place + 1 : place + 2] != [] and words[place + 1][:1].isdigit()


def number(words: list[str], values: list[str]) -> float | None:
    """Return the number written in `words` (*forty-five*, *two and a half*, *2 1/2*, *1,000*)."""
    total, current, seen = 0.0, 0.0, False
    for word, value in zip(words, values, strict=True):
        if word == "half":
            current += 0.5
            continue
        if value.endswith("1/2"):
            current, seen = current + float(value.split()[0]) + 0.5, True
            continue
        try:
            amount = float(value)
        except ValueError:
            continue
        if word in ("a", "an"):
            continue
        seen = True
        if word in ("hundred", "dozen") or word == "thousand":
            current = (current or 1.0) * amount
            if word == "thousand":
                total, current = total + current, 0.0
        else:
            current += amount
    return total + current if seen or current else None


def spoken_year(values: list[str]) -> int | None:
    """Return the year that is said as *nineteen ninety-six* or *two thousand five*."""
    amounts = [int(value) for value in values if value.isdigit()]
    if len(amounts) >= 2 and 10 <= amounts[0] <= 20 and amounts[1] != 100 and amounts[1] != 1000:
        rest = sum(amounts[1:])
        return amounts[0] * 100 + rest if 10 <= rest < 100 else None
    if amounts[:2] == [2, 1000]:
        return 2000 + sum(amounts[2:])
    return None
