from pathlib import Path

import pytest
from tests.newsroom.result import read_newsroom
from tests.newsroom.server import Newsroom

from casualties.settings import Settings


@pytest.fixture(scope="session")
def newsroom_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published file after the sample newsroom's two days."""
    with Newsroom() as newsroom:
        settings = Settings(
            data_dir=tmp_path_factory.mktemp("result"), allow_hosts=newsroom.url.removeprefix("http://")
        )
        return read_newsroom(settings, newsroom)
