"""Plans carried out: one failing report does not stop the others, and the same inputs give the same bytes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from corpus_tools.errors import InvalidPlan, ReportFailed
from corpus_tools.reports import Result, execute, freshness, read_plan, regenerate
from corpus_tools.reports.run import why

pytestmark = pytest.mark.notebooks

Study = Callable[..., Path]

PLAN = """
title = "All"
corpus = "corpus"
[[report]]
notebook = "notebooks/good.ipynb"
parameters = { top_n = 3, title = '''"); raise SystemExit("injected") # $x$ <b>''' }
[[report]]
notebook = "notebooks/bad.ipynb"
title = "Bad"
"""
GOOD = [
    "import os, sys, warnings\nassert os.path.exists(corpus_path + '/a.txt'), corpus_path\nassert top_n == 3",
    "print(title, os.path.basename(os.getcwd()), object())\nwarnings.warn('/home/me: careful')",
]
BAD = ["a = 1\na", "raise ValueError('<b>no</b> such\\nthing')", "print('never')"]


def states(results: list[Result]) -> dict[str, str]:
    return {result.report.name: result.state for result in results}


@pytest.fixture(scope="module")
def made(module_study: Study) -> tuple[Path, list[Result], list[tuple[str, str]]]:
    plan = module_study(PLAN, good=GOOD, bad=BAD)
    told: list[tuple[str, str]] = []
    results = regenerate(plan, progress=lambda report, state, _said: told.append((report.name, state)))
    return plan.parent, results, told


def test_one_failing_report_does_not_stop_the_others(made) -> None:
    folder, (good, bad), told = made
    assert (good.state, bad.state) == ("made", "failed")
    assert [one for one in told if one[1] != "cell"] == [
        ("good", "started"), ("good", "made"), ("bad", "started"), ("bad", "failed"),
    ]  # fmt: skip
    assert told.count(("good", "cell")) == 4  # parameters, those of the plan, and two of its own
    assert good.page == folder / "html" / "good.html"
    assert bad.error == "ValueError: <b>no</b> such thing"
    assert bad.page is None
    assert not (folder / "html" / "bad.html").exists()


def test_the_failed_notebook_is_kept_as_far_as_it_came(made) -> None:
    folder, (_good, bad), _told = made
    kept = json.loads(bad.notebook.read_text(encoding="utf-8"))
    codes = [cell for cell in kept["cells"] if cell["cell_type"] == "code"]
    assert codes[2]["outputs"][0]["data"]["text/plain"] == "1"
    assert codes[3]["outputs"][0]["ename"] == "ValueError"
    assert codes[4]["outputs"] == []
    html = (folder / "html" / "index.html").read_text(encoding="utf-8")
    assert "Failed:</strong> ValueError: &lt;b&gt;no&lt;/b&gt; such thing" in html
    assert 'href="notebooks/bad.ipynb"' in html
    assert 'href="bad.html"' not in html


def test_values_reach_the_notebook_as_values(made) -> None:
    _folder, (good, _bad), _told = made
    html = good.page.read_text(encoding="utf-8")
    assert "&#34;); raise SystemExit(&#34;injected&#34;)" in html or '"); raise SystemExit("injected")' in html
    assert " notebooks &lt;object object&gt;" in html
    assert len(good.remarks) == 1
    assert good.remarks[0].endswith("careful')")
    assert "careful" not in html.replace("warnings.warn", "").split("<script>")[0].split('class="output"')[1]


def test_nothing_of_this_machine_or_this_run_is_on_the_pages(made) -> None:
    folder, _results, _told = made
    for path in sorted((folder / "html").rglob("*.html")):
        assert str(folder) not in path.read_text(encoding="utf-8")
    kept = json.loads((folder / "html" / "notebooks" / "good.ipynb").read_text(encoding="utf-8"))
    assert "papermill" not in kept["metadata"]
    assert all(set(cell["metadata"]) <= {"tags"} for cell in kept["cells"])


def test_the_same_inputs_give_the_same_bytes_also_side_by_side(made) -> None:
    folder, results, _told = made

    def content() -> dict[str, bytes]:
        files = [path for ending in ("html", "ipynb") for path in (folder / "html").rglob(f"*.{ending}")]
        return {path.name: path.read_bytes() for path in sorted(files)}

    before = content()
    assert states(regenerate(folder / "reports.toml", jobs=2, force=True)) == states(results)
    assert content() == before
    assert not [name for name in before if name.endswith(".tmp")]


def test_a_report_is_made_again_only_when_something_that_it_depends_on_changed(study: Study) -> None:
    path = study('corpus = "corpus"\n[[report]]\nnotebook = "notebooks/a.ipynb"', a=["print(top_n)"])
    folder = path.parent

    def states() -> list[str]:
        told: list[str] = []
        regenerate(path, progress=lambda _report, state, _said: told.append(state))
        return [state for state in told if state != "cell"]

    def reasons() -> list[str]:
        freshness.forget()
        return why(read_plan(path).reports[0], folder / "html")

    assert reasons() == ["it has not been made"]
    assert states() == ["started", "made"]
    assert states() == ["unchanged"]
    (folder / "corpus" / "b.txt").write_text("Another text.", encoding="utf-8")
    assert reasons() == ["the corpus changed"]
    assert states() == ["started", "made"]
    page = folder / "html" / "a.html"
    page.write_text(page.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert reasons() == ["the page is not the one that was made"]
    assert states() == ["started", "made"]
    path.write_text(path.read_text(encoding="utf-8") + "\nparameters = { top_n = 5 }", encoding="utf-8")
    assert reasons() == ["title or parameters changed"]


def test_only_some_reports_are_made_and_all_are_listed(study: Study) -> None:
    path = study(PLAN.replace("good", "a").replace("bad", "b"), a=["assert top_n == 3"], b=["1"])
    results = regenerate(path, only="a")
    assert states(results) == {"a": "made", "b": "missing"}
    html = (path.parent / "html" / "index.html").read_text(encoding="utf-8")
    assert "Not made yet." in html
    assert 'href="a.html"' in html


def test_a_report_that_is_planned_no_more_is_not_listed(made) -> None:
    folder, _results, _told = made
    (folder / "html" / "gone.html").write_text("old", encoding="utf-8")
    from corpus_tools.reports.index import index

    assert "gone" not in index("All", made[1])
    assert "gone" not in (folder / "html" / "index.html").read_text(encoding="utf-8")


def test_nothing_runs_when_any_parameter_is_wrong(study: Study) -> None:
    path = study(PLAN.replace("good", "a").replace("bad", "b") + "parameters = { nonsense = 1 }", a=["1"], b=["1"])
    with pytest.raises(InvalidPlan, match="nonsense"):
        regenerate(path)
    assert not (path.parent / "html").exists()


def test_two_runs_at_once_are_refused(study: Study) -> None:
    path = study('corpus = "corpus"\n[[report]]\nnotebook = "notebooks/a.ipynb"', a=["1"])
    (path.parent / "html").mkdir()
    with FileLock(path.parent / "html" / ".lock"), pytest.raises(ReportFailed, match="Another run"):
        regenerate(path)


def test_a_folder_that_cannot_be_written(study: Study) -> None:
    path = study('corpus = "corpus"\n[[report]]\nnotebook = "notebooks/a.ipynb"', a=["1"])
    (path.parent / "html").write_text("a file", encoding="utf-8")
    with pytest.raises(ReportFailed, match="cannot be written"):
        regenerate(path)


def test_a_cell_that_takes_too_long_and_a_kernel_that_dies(study: Study) -> None:
    plan = '[[report]]\nnotebook = "notebooks/{}.ipynb"\n'
    path = study(
        'corpus = "corpus"\n' + plan.format("slow") + plan.format("dead"),
        slow=["while True: pass"],
        dead=["import os; os._exit(9)"],
    )
    slow, dead = regenerate(path, timeout=2)
    assert slow.error == "The report took longer than 2 seconds; --timeout allows more."
    assert dead.error == execute.DIED
