"""The parts that the report page is made of."""

import hashlib
import re
from datetime import datetime
from pathlib import Path

import pytest
from tests.reports.many import many
from tests.warehouse.records import Desk

from casualties.reports import page as made
from casualties.reports.page import page, page_data
from casualties.warehouse import open_warehouse

FOLDER = Path(made.__file__).parent
ROWS = re.findall(
    r"^\| (\S+) \| (\S+) \S+ \| \S+ \| (.+?) \| ([0-9a-f]{64}) \|$", (FOLDER / "vendor/README.md").read_text(), re.M
)


def test_every_vendored_file_is_listed_with_its_licence_and_digest() -> None:
    files = {path.name for path in (FOLDER / "vendor").iterdir() if path.suffix in (".js", ".css", ".json")}
    assert {name for name, *_ in ROWS} == files
    for name, package, licence, digest in ROWS:
        assert hashlib.sha256((FOLDER / "vendor" / name).read_bytes()).hexdigest() == digest, name
        said = (FOLDER / "vendor" / f"{package.removesuffix('-client')}.LICENSE.txt").read_text()
        assert {"BSD": "Redistribution", "MIT": "Permission is hereby granted", "ISC": "fee is hereby granted"}[
            licence[:3]
        ] in said


def test_no_script_of_ours_makes_markup_of_words() -> None:
    for script in FOLDER.glob("*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script.read_text()), (
            script
        )


def test_the_newest_incidents_are_chosen_and_the_page_says_how_many_there_are(small: Path) -> None:
    with open_warehouse(small, read_only=True, lock_timeout=5) as con:
        data = page_data(con, limit=2)
    assert len(data["incidents"]) == 2
    assert {str(row["day"]) for row in data["incidents"]} == {"2019-07-23"}
    assert (data["sums"]["incidents"], data["sums"]["parts"]) == (3, 1)


def test_a_page_of_nothing_is_a_page(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load()
    with open_warehouse(desk.warehouse, lock_timeout=5) as con:
        data = page_data(con)
    assert data["incidents"] == []
    assert isinstance(data["state"]["loaded_at"], datetime)
    assert "Automatically extracted, unverified." in page(data)


@pytest.mark.parametrize("words", ["</script>", "<!--", "\u2028", "\ud800", "&lt;", "{{ policy }}"])
def test_no_word_leaves_the_block_of_data(words: str) -> None:
    data = many(1)
    data["incidents"][0]["told"][0]["title"] = f"before {words} after"
    block = page(data).partition('<script type="application/json" id="data">')[2].partition("</script>")[0]
    assert "before " in block
    assert " after" in block
    assert "<" not in block
    assert "\u2028" not in block
    block.encode("utf-8")
