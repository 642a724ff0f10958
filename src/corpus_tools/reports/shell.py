"""What kernels do before the first cell of a report: figures are shown as pages want them, and drawn only for that."""

from __future__ import annotations


def prepare() -> None:
    """Make the running kernel ready for a report; nothing happens where no kernel runs.

    In a notebook that somebody works in, matplotlib draws every figure at the end of a cell, so that it can be seen to
    change; here this would be for nothing, for `corpus_tools.reports.pictures` draws it anyway.
    """
    from IPython import get_ipython

    from corpus_tools.reports import pictures

    if get_ipython() is None:  # type: ignore[no-untyped-call, unused-ignore]
        return
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    plt.switch_backend(mpl.rcParams["backend"])
    plt.uninstall_repl_displayhook()
    pictures.register()
