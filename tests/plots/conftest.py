"""Every picture is closed after its test."""

import pytest


@pytest.fixture(autouse=True)
def _closed_figures():
    import matplotlib

    matplotlib.use("Agg")
    yield
    import matplotlib.pyplot as plt

    plt.close("all")
