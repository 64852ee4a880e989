"""docs/analysis.ipynb runs on the sample newsroom's result, cell by cell, and every answer has rows."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "analysis.ipynb"


def test_the_notebook_runs_on_the_newsroom_and_each_question_has_an_answer(
    newsroom_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASUALTIES_DATA_DIR", str(newsroom_file.parent))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert [cell.outputs for cell in notebook.cells if cell.cell_type == "code" and cell.outputs] == []
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    asked = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(asked) >= 10
    for cell in asked:
        (output,) = cell.outputs
        text = output.text if output.output_type == "stream" else output.data["text/plain"]
        assert len(text.splitlines()) >= 2, cell.source
        assert "Empty DataFrame" not in text, cell.source
