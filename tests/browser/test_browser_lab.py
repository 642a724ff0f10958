"""The same notebooks in JupyterLab, as a person opens them: each runs from top to bottom, and its form is of use."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.browser.test_browser_pages import CHROMIUM, FLAGS
from tests.pages import NOTEBOOKS, SAMPLE

playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright")
pytest.importorskip("jupyterlab", reason="needs JupyterLab")
pytest.importorskip("ipywidgets", reason="needs ipywidgets")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.notebooks,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on the path (make chromium)"),
]

TOKEN = "a-token-for-this-test"

#: A computer may be slow; what takes longer than this is broken.
SECONDS = 300

# All cells are drawn, also those out of sight; nobody is asked about news.
SETTINGS = {
    "@jupyterlab/notebook-extension/tracker.jupyterlab-settings": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": {"fetchNews": "false", "checkForUpdates": False},
}


class Lab(NamedTuple):
    """A server, and the folder that it serves."""

    url: str
    folder: Path


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with served(tmp_path_factory.mktemp("lab")) as server:
        yield server


@contextmanager
def served(folder: Path) -> Iterator[Lab]:
    """Start one server for all notebooks, on copies of them, for this computer only; end it."""
    (folder / "notebooks").mkdir()
    for path in NOTEBOOKS:
        shutil.copy(path, folder / "notebooks")
    shutil.copytree(SAMPLE, folder / "data" / "sample")
    for name, values in SETTINGS.items():
        (folder / "settings" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "settings" / name).write_text(json.dumps(values), encoding="utf-8")
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    own = {name: str(folder / name.lower()) for name in folders} | {"JUPYTERLAB_SETTINGS_DIR": str(folder / "settings")}
    options = {
        "ServerApp.root_dir": str(folder),
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": "0",
        "ServerApp.open_browser": "False",
        "ServerApp.allow_root": "True",
        "IdentityProvider.token": TOKEN,
    }
    command = [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())]
    log = folder / "log.txt"
    with log.open("w") as written:
        server = subprocess.Popen(command, stdout=written, stderr=written, env={**os.environ, **own})
    try:
        yield Lab(_address(server, folder / "jupyter_runtime_dir", log), folder)
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(30)


def _address(server: "subprocess.Popen[bytes]", runtime: Path, log: Path) -> str:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        for found in runtime.glob("jpserver-*.json"):
            try:
                url = str(json.loads(found.read_text(encoding="utf-8"))["url"])
                urllib.request.urlopen(f"{url}api", timeout=10).close()
            except (OSError, ValueError):  # it writes its address before it listens
                continue
            return url
        time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8"))


@contextmanager
def ran(lab: Lab, name: str) -> Iterator["playwright.Page"]:
    """Open a notebook, run all its cells, and give the page; nothing but the server may have been asked."""
    asked: list[str] = []
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS, timeout=SECONDS * 1000)
        try:
            page = chromium.new_page(viewport={"width": 1400, "height": 1000})
            page.set_default_timeout(SECONDS * 1000)
            page.on("request", lambda request: asked.append(request.url))
            page.goto(f"{lab.url}lab/tree/notebooks/{name}?token={TOKEN}&reset")
            page.wait_for_selector(".jp-Notebook .jp-CodeCell")
            page.wait_for_selector("text=/Python 3.*Idle/")
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
            page.wait_for_selector(".ct-computed", state="attached")
            yield page
            local = (lab.url, lab.url.replace("http", "ws"), "data:", "blob:")
            assert [url for url in asked if not url.startswith(local)] == []
            page.close()
        finally:
            chromium.close()


def _is_saved(notebook: Path, before: int) -> bool:
    """Return whether a notebook was written since, and to its end."""
    if notebook.stat().st_mtime_ns == before:
        return False
    try:
        return bool(json.loads(notebook.read_text(encoding="utf-8")))
    except ValueError:
        return False


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_all_its_cells_without_an_error(lab: Lab, path: Path) -> None:
    kept = lab.folder / "notebooks" / path.name
    with ran(lab, path.name) as page:
        assert page.locator(".jp-OutputArea-output .ct-table").count() >= 3
        before = kept.stat().st_mtime_ns
        page.keyboard.press("Control+s")
        deadline = time.monotonic() + SECONDS
        while not _is_saved(kept, before) and time.monotonic() < deadline:
            page.wait_for_timeout(100)
        page.wait_for_selector("text=/Python 3.*Idle/")
        if path.stem == "term_frequency":
            _use_the_form(page)
    cells = [cell for cell in json.loads(kept.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert all(cell["execution_count"] for cell in cells)
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"] == []
    assert sum("image/png" in output.get("data", {}) for output in outputs) >= 3


def _use_the_form(page: "playwright.Page") -> None:
    """Change a value in the form, and see the plot change."""
    plot = page.locator(".widget-output img").first
    plot.wait_for()
    before = plot.get_attribute("src")
    terms = page.get_by_placeholder("parted by commas")
    assert terms.input_value()
    terms.fill("minister, police")
    terms.press("Enter")
    page.wait_for_function(
        """before => {
            const shown = document.querySelector(".widget-output img");
            return shown && shown.src !== before;
        }""",
        arg=before,
    )
    assert page.locator(".widget-output img").count() == 1
    cell = page.locator(".jp-CodeCell", has=terms)
    assert cell.locator("img").count() == 1
    page.get_by_placeholder("YYYY-MM-DD").first.fill("not a day")
    page.get_by_placeholder("YYYY-MM-DD").first.press("Enter")
    page.wait_for_selector(".widget-output >> text=not a day")
