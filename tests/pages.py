"""The project's reports, made once for all tests of a run: on the sample, on next to nothing, on hostile texts."""

import json
import pickle
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from corpus_tools.reports import Result, regenerate
from tests.shared import SHARED

ROOT = Path(__file__).resolve().parents[1]
PLAN = ROOT / "reports" / "reports.toml"
SAMPLE = ROOT / "data" / "sample"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

#: Texts that do harm, or break a layout, wherever they are not escaped.
HOSTILE = [
    "<script>alert('title')</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "[read](javascript:alert(1)) ![x](https://tracker.example/x.png)",
    "{{ 7 * 7 }} {% for x in y %}",
    r"Costs $3m to $4m, $\frac{1}{0}$ and $\text{",
    "\x1b[31mred\x1b[0m \u202egpj.exe",
    '=HYPERLINK("https://evil.example")',
    "W" * 1000,
    "</td></tr></table></div></main><style>*{display:none}</style>",
]


def corpus(name: str, folder: Path) -> Path:
    """Return the corpus of that name; those that are made up are written into `folder`."""
    if name == "sample":
        return SAMPLE
    if name == "seed":
        assert SHARED is not None
        return SHARED / "seed"
    raw = folder / name
    raw.mkdir()
    if name == "one":
        (raw / "note.txt").write_text("There is a bridge here. Nobody knows who built it.\n", encoding="utf-8")
    else:
        lines = [json.dumps(_hostile(place, text), ensure_ascii=False) for place, text in enumerate(HOSTILE)]
        lines.append(
            json.dumps({"title": "A word of 100 kB", "date": "2031-03-20", "text": f"He said {'W' * 100_000} twice."})
        )
        (raw / "hostile.jsonl").write_text("\n".join(lines), encoding="utf-8")
        # Names of files reach the page too, where a file cannot be read.
        (raw / "=1+1 <img src=x onerror=alert(1)> {{ 7 * 7 }} $x$.docx").write_bytes(b"This is no document.")
    return raw


#: Gives the folder of pages on the corpus of a name, and what became of each report.
Made = Callable[[str], tuple[Path, list[Result]]]


def making(root: Path) -> Made:
    """Return what makes the reports on a corpus when they are first asked for, in whichever process of a test run."""

    def made(name: str) -> tuple[Path, list[Result]]:
        folder = root / f"pages-{name}"
        folder.mkdir(exist_ok=True)
        kept = folder / "results.pickle"
        with FileLock(folder / "lock"):
            if not kept.exists():
                results = regenerate(PLAN, corpus=corpus(name, folder), out=folder / "html", jobs=2)
                kept.write_bytes(pickle.dumps(results))
        return folder / "html", pickle.loads(kept.read_bytes())

    return made


def _hostile(place: int, text: str) -> dict[str, object]:
    said = f"“{text}”, said {text}, the mayor of {text}, on 3 March 2031."
    killed = f"At least {place + 1} people were killed in Velisk, {text} reported. The minister denied it."
    return {
        "title": text,
        "author": text,
        "outlet": f"{text} {place % 3}",
        "date": f"2031-03-{place + 3:02}",
        "text": f"{said} {killed}\n\n{text} reported on Monday that {text} would happen again. {text}",
    }
