"""Figures on their way to a page: as drawings, where these are heavy also as pictures, in words and as data."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from corpus_tools.reports import alt, plotted, svg

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: A drawing of more bytes than this may be heavier than a picture, so that both are made.
HEAVY = 40_000

_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


def register() -> None:
    """Let the running kernel show figures so; for the kernels that make reports."""
    from IPython import get_ipython

    shell = get_ipython()  # type: ignore[no-untyped-call, unused-ignore]
    if shell is not None:
        bundles = shell.display_formatter.mimebundle_formatter
        bundles.for_type_by_name("matplotlib.figure", "Figure", bundle)


def bundle(figure: Figure, **_options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a figure in every form that a page may want: SVG, where that is heavy also PNG, words and data.

    Parameters
    ----------
    figure : Figure
        A figure with content.

    Returns
    -------
    tuple of dict
        Data by type, and for pictures their size on the page.
    """
    import matplotlib as mpl

    if not figure.axes:
        return {}, {}
    written = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "corpus-tools"}):
        figure.savefig(written, format="svg", bbox_inches="tight", metadata=_METADATA)
    drawing = svg.slim(written.getvalue())
    data: dict[str, Any] = {
        "image/svg+xml": drawing,
        alt.MIMETYPE: alt.describe(figure),
        plotted.MIMETYPE: plotted.as_csv(figure),
    }
    if len(drawing) <= HEAVY:
        return data, {}
    return data | {"image/png": _png(figure)}, {}


def _png(figure: Figure) -> bytes:
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=2 * 72 * 4 / 3, bbox_inches="tight", metadata={"Software": None})
    return picture.getvalue()
