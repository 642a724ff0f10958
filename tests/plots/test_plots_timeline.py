"""Timeline plots: what is drawn, that nothing overlaps, and that empty tables say so."""

import itertools

import matplotlib as mpl
import pandas as pd
import pytest

from corpus_tools import plots, schema, timeline

mpl.use("Agg")


def merged(number):
    days = pd.date_range("2023-09-01", periods=number, freq="11h").normalize()
    rows = [
        {
            "event_id": f"e{n}",
            "begin": day,
            "finish": day + pd.Timedelta(days=(0, 0, 0, 6)[n % 4]),
            "kind": ("attack", "strike", "court")[n % 3],
            "place": f"Place $number_{n}$",
            "killed_min": n % 5,
            "killed_max": n % 5 + n % 3,
            "reports": 1 + n % 7,
            "outlets": ["Post"],
            "status": ("happened", "planned")[n % 2],
            "predicate": "clash",
        }
        for n, day in enumerate(days)
    ]
    return schema.TIMELINE.conform(rows)


@pytest.fixture(autouse=True)
def _closed():
    import matplotlib.pyplot as plt

    yield
    plt.close("all")


@pytest.mark.parametrize("number", [1, 5, 60, 500])
def test_labels_do_not_overlap(number):
    ax = plots.event_timeline(merged(number))
    figure = ax.figure
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    boxes = [
        text.get_window_extent(renderer) for text in ax.texts if text.get_text() and "not shown" not in text.get_text()
    ]
    assert len(boxes) == min(number, 40)
    for place, first in enumerate(boxes):
        for second in boxes[place + 1 :]:
            assert not (first.shrunk(0.96, 0.8).overlaps(second.shrunk(0.96, 0.8)))


def test_a_dot_is_a_day_and_a_bar_an_interval():
    ax = plots.event_timeline(merged(4), lanes="kind")
    assert marks(ax) == {"_days": 3, "_spans": 1}
    assert [label.get_text() for label in ax.get_yticklabels()] == ["attack", "court", "strike"]
    assert ax.get_xlabel() == "Date of the event"


def marks(ax):
    number = {"_spans": lambda drawn: len(drawn.get_paths())}
    return {
        drawn.get_label(): number.get(drawn.get_label(), lambda drawn: len(drawn.get_offsets()))(drawn)
        for drawn in ax.collections
    }


def test_what_is_only_bounded_has_an_arrowhead_and_what_is_undated_is_not_drawn():
    table = merged(4)
    table["finish"] = table["begin"]
    table.loc[0, "finish"] = pd.NaT
    table.loc[1, "begin"] = pd.NaT
    table.loc[2, ["begin", "finish"]] = pd.NaT
    ax = plots.event_timeline(table)
    assert marks(ax) == {"_days": 3, "_open": 1}
    before, behind = (drawn for drawn in ax.collections if drawn.get_label() == "_open")
    days = ax.collections[0].get_offsets()[:, 0]
    assert before.get_offsets()[0, 0] < days.max()
    assert behind.get_offsets()[0, 0] > days.min()


def test_lanes_can_be_actors_or_a_column_of_ones_own():
    table = merged(4).assign(actor=["Dawn Front", "Dawn Front", None, "police"], story=["a", "b", "a", "b"])
    lanes = [label.get_text() for label in plots.event_timeline(table, lanes="actor").get_yticklabels()]
    assert lanes == ["Dawn Front", "police", "not said"]
    assert [label.get_text() for label in plots.event_timeline(table, lanes="story").get_yticklabels()] == ["a", "b"]


def test_labels_stay_inside_and_long_ones_are_cut_visibly():
    table = merged(12)
    table["place"] = "a place with a very long name indeed"
    ax = plots.event_timeline(table)
    renderer = ax.figure.canvas.get_renderer()
    inside = ax.get_window_extent(renderer)
    for text in ax.texts:
        box = text.get_window_extent(renderer)
        assert inside.x0 - 2 <= box.x0
        assert box.x1 <= inside.x1 + 2
        assert "…" in text.get_text()


def test_dollars_are_not_taken_for_mathematics():
    ax = plots.event_timeline(merged(1))
    assert ax.texts[0].get_text() == r"clash, Place \$number_0\$, 0 killed"


def test_events_long_before_the_others_are_left_out_and_counted():
    table = merged(20)
    old = table.iloc[[0]].assign(begin=pd.Timestamp("1990-01-01"), finish=pd.Timestamp("1990-01-01"), event_id="old")
    ax = plots.event_timeline(schema.TIMELINE.conform(pd.concat([table, old])))
    assert "1 earlier event not shown" in [text.get_text() for text in ax.texts]


def articles():
    texts = [
        ("Post", "2023-10-08", "A bomb exploded in Velisk on 7 October, killing 23 people."),
        ("Herald", "2023-10-08", "At least 31 people died when a bomb exploded in Velisk on 7 October."),
        ("Post", "2023-10-12", "The bomb that exploded in Velisk on 7 October killed 34 people."),
    ]
    return pd.DataFrame({
        "article_id": ["a", "b", "c"], "outlet": [o for o, _, _ in texts], "text": [t for _, _, t in texts],
        "published": pd.to_datetime([p for _, p, _ in texts]).astype("datetime64[s]"),
    })  # fmt: skip


def test_toll_evolution_shows_each_report_and_open_ends_as_arrows():
    table = articles()
    told = timeline.tolls(timeline.events(table), table)
    ax = plots.toll_evolution(told)
    drawn = {line.get_label(): list(line.get_ydata()) for line in ax.lines if line.get_marker() == "o"}
    assert drawn == {"Post": [23, 34], "Herald": [31]}
    assert len(ax.texts) == 1  # the arrow of "at least"
    assert ax.get_ylabel() == "People reported killed"


def test_publication_lag_counts_days():
    table = articles()
    ax = plots.publication_lag(timeline.reports(timeline.events(table), table))
    lags = sorted(day for line in ax.lines if line.get_marker() == "o" for day in line.get_xdata())
    assert lags == [1, 1, 5]


def test_the_calendar_counts_reports():
    table = articles()
    ax = plots.report_calendar(timeline.reports(timeline.events(table), table))
    counts = ax.collections[0].get_array().compressed()
    assert (counts.sum(), counts.max()) == (3, 2)


def test_empty_tables_say_so():
    empty = schema.EVENTS.empty()
    for ax in (
        plots.event_timeline(timeline.merge(empty)),
        plots.toll_evolution(timeline.tolls(empty)),
        plots.publication_lag(timeline.reports(empty)),
        plots.report_calendar(timeline.reports(empty)),
    ):
        assert ax.texts[0].get_text().startswith("No ")


def test_a_lone_report_is_drawn_among_days_and_with_ticks():
    day = pd.Timestamp("2031-05-12")
    told = pd.DataFrame(
        {"published": [day], "outlet": ["Post"], "toll": ["killed"], "least": [4], "most": [4], "status": ["happened"]}
    )
    left, right = plots.toll_evolution(told).get_xlim()
    assert right - left <= 20
    reported = pd.DataFrame(
        {
            "published": [day],
            "begin": [day - pd.Timedelta(days=10)],
            "finish": [day - pd.Timedelta(days=10)],
            "outlet": ["Post"],
        }
    )
    assert [tick.get_text() for tick in plots.publication_lag(reported).get_xticklabels()] == ["0", "1", "3", "7"]


def test_one_lane_holds_all_when_none_is_asked_for():
    ax = plots.event_timeline(merged(6), lanes=None)
    assert [label.get_text() for label in ax.get_yticklabels()] == [""]


def test_one_event_years_ahead_does_not_stretch_the_axis():
    table = merged(60)
    table.loc[0, ["begin", "finish"]] = table["begin"].max() + pd.Timedelta(days=3650)
    ax = plots.event_timeline(table)
    assert "1 later event not shown" in [text.get_text() for text in ax.texts]


def test_an_event_of_long_ago_and_one_known_to_the_year_do_not_stretch_the_axis():
    table = merged(12)
    days = pd.date_range("2023-09-01", periods=12).astype("datetime64[s]")
    table["begin"], table["finish"] = days, days
    table.loc[0, ["begin", "finish"]] = pd.Timestamp("1551-03-02")
    table.loc[1, ["begin", "finish"]] = [pd.Timestamp("2020-01-01"), pd.Timestamp("2023-12-31")]
    ax = plots.event_timeline(table, lanes=None)
    left, right = ax.get_xlim()
    assert right - left < 60
    assert "1 earlier event not shown" in [text.get_text() for text in ax.texts]


def test_the_calendar_says_what_it_leaves_out():
    days = pd.Series(pd.to_datetime(["2021-03-01", "2023-03-01", "2023-03-02"]))
    ax = plots.report_calendar(pd.DataFrame({"published": days}))
    assert [text.get_text() for text in ax.texts] == ["1 earlier report not shown"]


def test_labels_of_delays_do_not_touch_and_no_dot_is_cut():
    day = pd.Timestamp("2023-03-01")
    begins = [day - pd.Timedelta(days=days) for days in (-30, 0, 1, 3, 4000)]
    reported = pd.DataFrame({"published": day, "begin": begins, "finish": begins, "outlet": "Post"})
    ax = plots.publication_lag(reported)
    ax.figure.canvas.draw()
    boxes = [label.get_window_extent() for label in ax.get_xticklabels()]
    assert all(one.x1 < other.x0 for one, other in itertools.pairwise(boxes))
    assert ax.get_xlim()[1] > 4_500


def test_tolls_are_whole_numbers():
    day = pd.Timestamp("2031-05-12")
    told = pd.DataFrame(
        {"published": [day], "outlet": ["Post"], "toll": ["killed"], "least": [1], "most": [1], "status": ["happened"]}
    )
    ticks = plots.toll_evolution(told).get_yticks()
    assert all(float(tick).is_integer() for tick in ticks)
