import pytest
from tests.web.faultserver import FaultServer, brotli_bomb_bytes, gzip_bomb_bytes


@pytest.fixture(scope="session")
def faults():
    gzip_bomb_bytes(), brotli_bomb_bytes()  # made before anybody waits for them
    with FaultServer() as server:
        yield server


@pytest.fixture(autouse=True)
def data_dir(monkeypatch, tmp_path):
    monkeypatch.setenv("CASUALTIES_DATA_DIR", str(tmp_path))
