"""What is remembered between the kernels of a run: the same result, never another's, and no warning lost."""

import pickle
import sys
import threading
import time
import types
import warnings
from pathlib import Path

import pandas as pd
import pytest

from corpus_tools.reports import freshness, memory

ASKED: list[object] = []


def lengths(table: pd.DataFrame, *, least: int = 0) -> pd.DataFrame:
    ASKED.append(len(table))
    found = pd.DataFrame({"length": table["text"].str.len(), "authors": table["authors"]})
    found.attrs["least"] = least
    return found[found["length"] >= least]


def lines(path: str) -> list[str]:
    ASKED.append(path)
    return Path(path).read_text().splitlines()


def warned(number: int) -> int:
    ASKED.append(number)
    warnings.warn("careful", stacklevel=2)
    return number


def slow(number: int) -> int:
    ASKED.append(number)
    time.sleep(0.3)
    return number


@pytest.fixture(autouse=True)
def nothing_asked() -> None:
    ASKED.clear()
    freshness.forget()


def articles(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"text": list(texts), "authors": [["Ada Quill"]] * len(texts)})


def test_the_same_arguments_give_the_same_table_without_computing(tmp_path: Path) -> None:
    asked = memory.remembered(lengths, tmp_path)
    first, again = asked(articles("a", "bcd"), least=2), asked(articles("a", "bcd"), least=2)
    pd.testing.assert_frame_equal(first, again)
    assert again.attrs == {"least": 2}
    assert ASKED == [2]
    again["length"] = 0
    assert asked(articles("a", "bcd"), least=2)["length"].tolist() == [3]


def test_any_other_argument_is_another_question(tmp_path: Path) -> None:
    asked = memory.remembered(lengths, tmp_path)
    assert asked(articles("a", "bcd"))["length"].tolist() == [1, 3]
    assert asked(articles("a", "bcd"), least=2)["length"].tolist() == [3]
    assert asked(articles("a", "bcde"))["length"].tolist() == [1, 4]
    assert len(ASKED) == 3


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    asked, file = memory.remembered(lines, tmp_path), tmp_path / "names.txt"
    file.write_text("Ada\n")
    assert asked(str(file)) == asked(str(file)) == ["Ada"]
    file.write_text("Ben\n")
    freshness.forget()
    assert asked(str(file)) == ["Ben"]
    assert len(ASKED) == 2


def test_a_corpus_on_disk_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "manifest.json").write_text("{}")
    asked = memory.remembered(str, tmp_path)
    assert asked(tmp_path / "corpus") == str(tmp_path / "corpus")
    assert not list(tmp_path.glob("*.pickle"))


def test_who_asks_next_is_warned_too(tmp_path: Path) -> None:
    asked = memory.remembered(warned, tmp_path)
    for _ in range(2):
        with pytest.warns(UserWarning, match="careful"):
            assert asked(3) == 3
    assert ASKED == [3, 3]


def test_an_error_is_no_result(tmp_path: Path) -> None:
    asked = memory.remembered(lines, tmp_path)
    for _ in range(2):
        with pytest.raises(FileNotFoundError):
            asked(str(tmp_path / "nowhere.txt"))
    assert len(ASKED) == 2


def test_who_asks_at_the_same_time_waits(tmp_path: Path) -> None:
    asked = memory.remembered(slow, tmp_path)
    askers = [threading.Thread(target=asked, args=(7,)) for _ in range(3)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert ASKED == [7]


def test_what_cannot_be_kept_is_computed(tmp_path: Path) -> None:
    asked = memory.remembered(slow, tmp_path / "nowhere")
    assert asked(1) == asked(1) == 1
    threads = memory.remembered(lambda: threading.Lock(), tmp_path)
    assert threads() is not threads()
    assert memory.remembered(id, tmp_path)(lambda: 0)


def test_half_a_result_is_none(tmp_path: Path) -> None:
    asked = memory.remembered(slow, tmp_path)
    asked(2)
    (kept,) = tmp_path.glob("*.pickle")
    kept.write_bytes(kept.read_bytes()[:-2])
    assert asked(2) == 2
    assert ASKED == [2, 2]


def test_functions_of_loaded_rooms_remember(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = types.ModuleType("corpus_tools.made_up")
    room.slow = slow  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, room.__name__, room)
    monkeypatch.setattr(memory, "REMEMBERED", ("made_up.slow", "made_up.gone", "never_loaded.slow"))
    memory.install(tmp_path)
    assert room.slow(4) == room.slow(4) == 4
    assert ASKED == [4]
    assert room.slow.__name__ == "slow"


def test_every_remembered_function_is_there() -> None:
    import corpus_tools as ct

    for name in memory.REMEMBERED:
        room, _, function = name.partition(".")
        assert callable(getattr(getattr(ct, room), function)), name


def test_how_a_table_lies_in_memory_does_not_matter(tmp_path: Path) -> None:
    asked = memory.remembered(lengths, tmp_path)
    table = articles("a", "bcd")
    asked(table)
    kept = pickle.loads(pickle.dumps(table))
    asked(kept)
    asked(pd.concat([kept.head(1), kept.tail(1)]), least=0)
    assert ASKED == [2]


def test_tables_of_the_same_bytes_and_another_meaning_are_told_apart(tmp_path: Path) -> None:
    asked = memory.remembered(lengths, tmp_path)
    table = articles("a", "b")
    asked(table)
    asked(table.rename(index={0: 7}))
    asked(table.astype({"text": "category"}))
    asked(table.assign(extra=[1, 2]))
    asked(table.assign(extra=pd.Series([1, 2]).astype("datetime64[s]")))
    assert len(ASKED) == 5
