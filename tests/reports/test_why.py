import io
import re

import pytest
from rich.console import Console
from tests.warehouse.records import MAARAT, NOON, Desk, report, story

from casualties.errors import SettingsError
from casualties.reports.why import print_why
from casualties.warehouse.publish import publish
from casualties.warehouse.query import run_query


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("why"))
    a, b = story("alpha", "market", "A raid left 38 dead"), story("beta", "raid", "Thirty-eight died in a market")
    desk.load(a, report(a, killed=38, place=MAARAT))
    desk.load(b, report(b, killed=38, place=MAARAT))
    path = desk.folder / "casualties.duckdb"
    publish(desk.warehouse, path, now=NOON, lock_timeout=5)
    return path


def why(published, incident_id):
    console = Console(file=io.StringIO(), width=200)
    print_why(published, incident_id, console)
    return console.file.getvalue()


def test_each_report_is_shown_with_its_sentence_and_what_each_clue_added(published):
    ((incident_id,),) = (row.values() for row in run_query(published, "SELECT incident_id FROM incidents").to_pylist())
    text = why(published, incident_id)
    assert "opened the incident" in text
    assert re.search(r"matched alpha: prior -\d\.\d, same place \+\d\.\d, same day \+\d\.\d", text)
    assert "“Thirty-eight died in a market”" in text
    assert "report added: 38 killed" in text


def test_an_unknown_incident_is_named(published):
    with pytest.raises(SettingsError, match="no incident 'nothing'"):
        why(published, "nothing")
