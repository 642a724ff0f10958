"""What tests of several rooms share."""

import pytest

from tests.pages import Made, making


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Made:
    """Make the project's reports on a corpus, once for all processes of a test run."""
    own = tmp_path_factory.getbasetemp()
    return making(own.parent if hasattr(request.config, "workerinput") else own)
