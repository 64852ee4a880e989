"""The import rule of the design: nouns stand on the ground, not on each other; only the outer layer knows Airflow."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "include" / "casualties"
GROUND = {"", "model", "errors", "settings", "staging", "store", "web"}
MAY_IMPORT = {
    "model": {""},
    "errors": {""},
    "store": {""},
    "settings": {"", "store"},
    "staging": GROUND,
    "web": GROUND,
    "feeds": GROUND,
    "pages": GROUND,
    "articles": GROUND,
    "events": GROUND,
    "quality": GROUND,
    "incidents": GROUND,
    "warehouse": GROUND | {"incidents"},
    "alerts": GROUND | {"warehouse"},
    "reports": GROUND | {"warehouse"},
    "sandbox": GROUND | {"feeds", "articles"},
}


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "casualties")


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        yield inside.parts[0].removesuffix(".py"), path


@pytest.mark.parametrize("layer", sorted(MAY_IMPORT))
def test_a_layer_imports_only_what_lies_below_it(layer):
    offences = [
        f"{path.relative_to(ROOT)}: {name}"
        for owner, path in modules()
        if owner == layer
        for name in imports_of(path)
        if name.split(".")[0] == "casualties"
        and [*name.split("."), ""][1] not in MAY_IMPORT[layer] | {layer, "__version__"}
    ]
    assert offences == []


def test_only_orchestration_imports_airflow():
    offences = [
        f"{path.relative_to(ROOT)}: {name}"
        for owner, path in modules()
        if owner != "orchestration"
        for name in imports_of(path)
        if name.split(".")[0] == "airflow" or name.startswith("casualties.orchestration")
    ]
    assert offences == []


def test_every_folder_has_a_rule():
    composing = {"__init__", "pipeline", "cli", "doctor", "orchestration"}
    assert {layer for layer, _ in modules()} <= MAY_IMPORT.keys() | composing
