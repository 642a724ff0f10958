"""Tables as people see them: escaped, formatted, and honest about what is left out."""

from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.errors import InvalidTable, MissingColumn
from corpus_tools.reports import show

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "[link](javascript:alert(1)) **bold** `code`",
    "{{ 7 * 7 }} {% raw %}",
    r"$\frac{1}{0}$",
    "\x1b[31mred\x1b[0m",
    "abc\u202egpj.exe",
    "=HYPERLINK(1)",
    "</td></tr></table></div>",
]


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_everywhere(text: str) -> None:
    table = pd.DataFrame({"title": [text], text: ["x"], "authors": [[text, text]]})
    html = show(table, caption=text)._repr_html_()
    found = Elements(html)
    assert set(found.seen) == {"style", "div", "table", "caption", "span", "thead", "tr", "th", "tbody", "td"}
    assert found.attributes <= {"class", "role", "tabindex", "aria-label", "scope"}
    assert "\x1b" not in html
    assert "\u202e" not in html


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_message_for_nothing(text: str) -> None:
    assert Elements(show(pd.DataFrame({"a": []}), empty=text, caption=text)._repr_html_()).seen == ["p", "strong"]


def test_values_read_as_people_write_them() -> None:
    table = pd.DataFrame(
        {
            "day": pd.to_datetime(["2016-08-02 00:00", None]),
            "count": pd.array([1234567, None], dtype="Int64"),
            "rate": [1234.567, 0.5],
            "share": [0.12345, float("nan")],
            "known": pd.array([True, None], dtype="boolean"),
            "names": [["A", "B"], []],
            "spans": [[[1, 5], [9, 12]], []],
            "hedges": [[[3, 9, "reportedly"]], []],
            "year": [2016, 2017],
        }
    )
    cells = [column.cells for column in show(table).columns]
    assert cells == [
        ("2016-08-02", "–"),
        ("1,234,567", "–"),
        ("1,234.6", "0.5"),
        ("0.123", "–"),
        ("yes", "–"),
        ("A; B", "–"),
        ("1–5; 9–12", "–"),
        ("reportedly", "–"),
        ("2016", "2017"),
    ]


def test_says_how_many_rows_are_left_out() -> None:
    table = pd.DataFrame({"n": range(2000)})
    assert "Showing 20 of 2,000 rows." in show(table)._repr_html_()
    assert repr(show(table)).endswith("Showing 20 of 2,000 rows.")
    assert "Showing" not in show(table, rows=None)._repr_html_()
    assert show(table, rows=None).shown == 2000
    assert "Showing 0 of 2,000 rows." in show(table, rows=0)._repr_html_()


def test_an_index_that_says_something_is_shown() -> None:
    counts = pd.Series({"Meridian Post": 3, "Harbour Wire": 1}, name="articles")
    assert [column.label for column in show(counts).columns] == ["Index", "Articles"]
    table = counts.rename_axis("outlet").reset_index().set_index(["outlet", "articles"])
    assert [column.label for column in show(table.assign(n=1)).columns] == ["Outlet", "Articles", "N"]
    filtered = pd.DataFrame({"n": [1, 2, 3]}).query("n > 1")
    assert [column.label for column in show(filtered).columns] == ["N"]


def test_columns_are_chosen_and_named() -> None:
    table = pd.DataFrame({"a": [1], "b_c": [2]})
    assert [column.label for column in show(table, columns=["b_c", "a"], labels={"a": "First"}).columns] == [
        "B c",
        "First",
    ]
    with pytest.raises(MissingColumn, match="needs z; the table has a, b_c"):
        show(table, columns=["z"])


def test_only_addresses_become_links() -> None:
    table = pd.DataFrame(
        {"url": ["https://a.example/?a=1&b=2", 'https://a.example/"onclick="x()', "javascript:alert(1)"]}
    )
    html = show(table)._repr_html_()
    assert html.count("<a ") == 2
    assert 'href="https://a.example/?a=1&amp;b=2"' in html
    assert 'href="https://a.example/&quot;onclick=&quot;x()"' in html
    assert ">javascript:alert(1)</td>" in html


def test_a_long_text_is_cut_and_says_so() -> None:
    assert show(pd.DataFrame({"text": ["x" * 100_000]})).columns[0].cells[0].endswith("(98,500 more characters)")


def test_nothing_to_show() -> None:
    assert repr(show(None, empty="No notes.")) == "No notes."
    assert repr(show(pd.DataFrame(), columns=["a"], empty="None.")) == "None."


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(InvalidTable, match="not list"):
        show([1, 2])  # type: ignore[arg-type]
    with pytest.raises(InvalidTable, match="rows must be 0 or more"):
        show(pd.DataFrame({"a": [1]}), rows=-1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.lists(st.text())), max_size=5), st.text()
)
def test_any_value_can_be_shown(values: list[object], caption: str) -> None:
    shown = show(pd.DataFrame({"a": pd.Series(values, dtype="object")}), caption=caption)
    assert Elements(shown._repr_html_()).seen.count("td") == len(values)
    assert "\n\n" not in repr(shown)
