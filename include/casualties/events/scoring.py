"""The scorers of the annotations that lie beside the repository, where they do."""

import importlib.util
from types import ModuleType

from casualties.settings import PROJECT

SHARED = PROJECT.parent / "shared"


def scorer(name: str) -> ModuleType | None:
    """A scorer of the annotations, loaded by its path; None where it is not."""
    path = SHARED / "gold" / f"{name}.py"
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
