from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.quality.records import run_checks

from casualties.quality import Verdict


@pytest.fixture(scope="session", autouse=True)
def great_expectations() -> Any:
    """Imported once, since that takes about ten seconds."""
    return pytest.importorskip("great_expectations")


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., Verdict]:
    """Stage records and validate them."""
    return partial(run_checks, tmp_path)
