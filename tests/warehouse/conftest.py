import shutil
from pathlib import Path

import pytest
from tests.warehouse.records import Desk

from casualties.warehouse import open_warehouse


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "warehouse.duckdb"
    with open_warehouse(path, lock_timeout=1):
        return path


@pytest.fixture
def desk(tmp_path: Path, empty_warehouse: Path) -> Desk:
    desk = Desk(tmp_path)
    shutil.copy(empty_warehouse, desk.warehouse)
    return desk
