import pytest
from tests.web.faultserver import FaultServer


@pytest.fixture(scope="session")
def faults():
    with FaultServer() as server:
        yield server
