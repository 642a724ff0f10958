"""A study of one's own: a folder with notebooks, a plan of reports, a place for articles, and a sample."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_tools.errors import InvalidPlan

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

#: Files of a study, and which of the template they are.
_FILES = {
    "Makefile": "Makefile",
    "README.md": "README.md",
    ".gitignore": "ignored",
    "data/README.md": "data.md",
    "data/.corpusignore": "unread",
    "reports/reports.toml": "reports.toml",
}
_SAMPLE_OF_NOTEBOOKS, _SAMPLE_OF_STUDY = "../data/sample", "../sample"


def new(folder: str | Path) -> Path:
    """Make a study folder whose reports can be made at once, on the sample corpus.

    Parameters
    ----------
    folder : str or Path
        A folder that is not there yet, or is empty. Its name becomes the title.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InvalidPlan
        When something stands there already, or it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as there:
    ...     study = new(Path(there) / "my-study")
    ...     sorted(path.name for path in study.iterdir())
    ['.gitignore', 'Makefile', 'README.md', 'data', 'notebooks', 'reports', 'sample']
    """
    study = Path(folder)
    if study.exists() and (not study.is_dir() or any(study.iterdir())):
        raise InvalidPlan(f"{study} is not empty; name a folder that is not there yet.")
    template = resources.files("corpus_tools.reports") / "templates" / "study"
    title = study.resolve().name.replace('"', "'").replace("\\", "")
    try:
        for target, name in _FILES.items():
            path = study / target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text((template / name).read_text(encoding="utf-8").replace("NAME", title), encoding="utf-8")
        _copy(template / "sample", study / "sample")
        _copy(template / "notebooks", study / "notebooks")
        for notebook in (study / "notebooks").glob("*.ipynb"):
            text = notebook.read_text(encoding="utf-8")
            notebook.write_text(text.replace(_SAMPLE_OF_NOTEBOOKS, _SAMPLE_OF_STUDY), encoding="utf-8")
    except OSError as error:
        raise InvalidPlan(f"{study} cannot be written: {error.strerror or error}.") from error
    return study


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for item in source.iterdir():
        if item.is_dir():
            _copy(item, target / item.name)
        else:
            with item.open("rb") as content, (target / item.name).open("wb") as copy:
                shutil.copyfileobj(content, copy)
