"""Pictures of the reports for the README, from the pages that `make report` wrote on the sample corpus.

    .venv/bin/corpus-tools report && .venv/bin/python docs/pictures.py

It needs Chromium and Playwright (`make chromium`, `make test`). Nothing is requested: the pages are files.
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]

#: Most bytes of a picture.
LIGHT = 60_000

_FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
)

# Picture, page, what to bring into view or to click there, and whether in dark.
_VIEWS = (
    ("index", "index", "", False),
    ("who-says-it", "source_attribution", "h2#who-is-quoted", False),
    ("evidence", "source_attribution", "click", False),
    ("timeline", "timeline", "h2#the-events-on-an-axis", True),
)


def pictures(pages: Path, into: Path) -> list[Path]:
    """Write a picture of each view into a folder; return their files."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    into.mkdir(parents=True, exist_ok=True)
    made = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=list(_FLAGS))
        for name, page, view, dark in _VIEWS:
            context = browser.new_context(
                viewport={"width": 1100, "height": 720}, color_scheme="dark" if dark else "light", offline=True
            )
            shown = context.new_page()
            shown.goto((pages / f"{page}.html").as_uri(), wait_until="load")
            _look(shown, view)
            made.append(_written(shown.screenshot(), into / f"{name}.webp"))
            context.close()
        browser.close()
    return made


def _look(page: Any, view: str) -> None:
    if view == "click":
        link = page.locator("a[data-r]").first
        link.scroll_into_view_if_needed()
        link.click()
        page.locator("dialog[open] mark").first.wait_for()
    elif view:
        page.locator(view).evaluate("heading => heading.scrollIntoView()")


def _written(png: bytes, path: Path) -> Path:
    """Write a screenshot as WebP, as well as it can be in so many bytes."""
    from PIL import Image

    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in range(90, 20, -5):
        target = io.BytesIO()
        picture.save(target, "WEBP", quality=quality, method=6)
        if len(target.getvalue()) <= LIGHT:
            break
    path.write_bytes(target.getvalue())
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=ROOT / "reports" / "html")
    parser.add_argument("--into", type=Path, default=ROOT / "docs" / "pictures")
    given = parser.parse_args()
    for file in pictures(given.pages, given.into):
        sys.stdout.write(f"{file.name}: {file.stat().st_size:,} bytes\n")
