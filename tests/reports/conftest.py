from pathlib import Path

import pytest
from tests.reports.small import publish_small


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_small(tmp_path_factory.mktemp("small"))
