"""Bad pages: each ends in bounded time, as an article or with a reason."""

from __future__ import annotations

import os
import random
import time

import pytest

from corpus_tools.articles import guarded, html
from corpus_tools.errors import UnreadableInput

LINE = "The ferry left the harbour on Tuesday morning with two hundred people on board, the harbour master said. "
PAGE = f"<html><head><title>Ferry</title></head><body><h1>Ferry</h1>{f'<p>{LINE}</p>' * 6}</body></html>".encode()


def outcome(data: bytes) -> str:
    """Return the text of a page, or the reason for which it is rejected."""
    try:
        return str(html.article(data)["text"])
    except UnreadableInput as error:
        return error.reason


def test_hundreds_of_thousands_of_attributes() -> None:
    data = b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(400_000)) + b">x</p></body></html>"
    start = time.process_time()
    assert outcome(data) == "unreadable"
    assert time.process_time() - start < 5


def test_attributes_with_signs_in_their_values_are_counted_too() -> None:
    data = b"<html><body><p " + b" ".join(b'a%d="<"' % n for n in range(200_000)) + b">x</p></body></html>"
    assert outcome(data) == "unreadable"


def test_a_hundred_thousand_tiny_paragraphs() -> None:
    assert outcome(b"<html><body>" + b"<p>a</p>" * 100_000 + b"</body></html>") == "too_large"


def test_one_very_long_text_is_kept_whole() -> None:
    text = LINE * 1_000
    found = outcome(f"<html><body><p>{text}</p></body></html>".encode())
    assert found == text.strip()


def test_more_than_the_largest_page() -> None:
    assert outcome(b"<html><body>" + b"x" * 10_600_000) == "too_large"


def test_deep_nesting() -> None:
    assert "harbour master" in outcome(b"<html><body>" + b"<div>" * 1_500 + PAGE + b"</div>" * 1_500)
    assert outcome(b"<div>" * 200_000) in ("unreadable", "too_large", "no_text")


def test_nuls_and_a_page_that_ends_in_the_middle() -> None:
    assert "harbour master" in outcome(PAGE.replace(b"ferry", b"fer\x00ry"))
    assert "harbour master" in outcome(PAGE[:-60])


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\x00" * 50])
def test_empty_pages(data: bytes) -> None:
    assert outcome(data) == "empty"


@pytest.mark.parametrize(
    "data", [b"<html></html>", b"<!-- -->", b"<", b"<html><body><script>x()</script>", b"<>" * 500]
)
def test_pages_without_text(data: bytes) -> None:
    assert outcome(data) in ("no_text", "unreadable", "empty")


def test_mutated_pages_never_raise_anything_else() -> None:
    chance = random.Random(7)
    for _ in range(30):
        data = bytearray(PAGE)
        for _ in range(chance.randrange(1, 30)):
            place = chance.randrange(len(data))
            match chance.randrange(4):
                case 0:
                    data[place] = chance.randrange(256)
                case 1:
                    del data[place : place + chance.randrange(1, 40)]
                case 2:
                    data[place:place] = bytes(chance.choices(b"<>/\"'=&;\x00 a-!", k=chance.randrange(1, 20)))
                case _:
                    data[place:place] = data[place : place + chance.randrange(1, 200)]
            data = data or bytearray(b"<")
        assert outcome(bytes(data))


def test_a_guarded_call_that_takes_too_long_is_given_up_and_the_next_one_works() -> None:
    with pytest.raises(UnreadableInput) as caught:
        guarded.call("itertools:count.__class__.mro", seconds=1)
    assert caught.value.reason == "unreadable"
    with pytest.raises(UnreadableInput) as caught:
        guarded.call("math:factorial", 10_000_000, seconds=0.2)
    assert caught.value.reason == "too_costly"
    assert guarded.call("math:sqrt", 9.0) == 3.0


def test_a_guarded_call_that_takes_too_much_memory_is_given_up() -> None:
    with pytest.raises(UnreadableInput) as caught:
        guarded.call("operator:mul", [0], 500_000_000, memory=1_000_000_000)
    assert caught.value.reason == "too_costly"


def test_a_worker_that_is_killed_is_told_and_replaced() -> None:
    with pytest.raises(UnreadableInput) as caught:
        guarded.call("os:_exit", 9)
    assert caught.value.reason == "too_costly"
    assert guarded.call("os:getpid") != os.getpid()


def test_reasons_come_through_a_guarded_call() -> None:
    with pytest.raises(UnreadableInput) as caught:
        guarded.call("corpus_tools.articles.cleaning:decode", b"")
    assert caught.value.reason == "empty"
