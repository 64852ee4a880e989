"""What an export holds, that it is there whole or not at all, and that it goes on where it stopped."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.reports.small import FORMULA, SCRIPT
from tests.warehouse.records import NOON, Desk, report, story

from casualties.errors import LoadError
from casualties.reports import export as exporting
from casualties.reports.cells import cell
from casualties.reports.export import Export, export
from casualties.reports.hxl import HXL
from casualties.reports.tables import TABLES
from casualties.warehouse.publish import publish


def write(published: Path, folder: Path, keep: int = 3, **more: Any) -> Export:
    return export(published, folder, keep=keep, lock_timeout=5, **more)


@pytest.fixture(scope="module")
def latest(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(small, tmp_path_factory.mktemp("exports")).folder.parent / "latest"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_table_is_there_as_csv_and_as_parquet_with_the_same_rows(latest: Path) -> None:
    for table in TABLES:
        parquet = pq.read_table(latest / f"{table}.parquet")
        told = rows(latest / f"{table}.csv")
        assert len(told) == parquet.num_rows
        assert not told or list(told[0]) == parquet.column_names
    assert pq.read_table(latest / "incidents.parquet").num_rows == 4
    assert pq.read_table(latest / "tolls.parquet")["killed_low"].to_pylist() == [750]


def test_a_cell_is_empty_where_unsaid_a_joined_list_or_json(latest: Path) -> None:
    strike = next(row for row in rows(latest / "incidents.csv") if row["killed_best"] == "61")
    assert (strike["killed_low"], strike["injured_best"], strike["sources"]) == ("59", "", "a monitor; medics")
    assert json.loads(strike["denials"]) == [{"by": "Moscow", "actor": "Russia"}]
    assert strike["first_reported"] == "2019-07-23T12:00:00Z"
    assert next(row for row in rows(latest / "incidents.csv") if row["part_of"])["deaths"] == ""


def test_no_cell_is_a_formula(latest: Path) -> None:
    clash = next(row for row in rows(latest / "incidents.csv") if row["type"] == "armed_clash")
    assert clash["sources"] == f"'{FORMULA}"
    assert next(row for row in rows(latest / "reports.csv") if row["type"] == "armed_clash")["title"] == f"'{FORMULA}"
    for file in latest.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            assert not [text for line in csv.reader(lines) for text in line if text.lstrip()[:1] in ("=", "+", "@")]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("=1+1", "'=1+1"), ("+49", "'+49"), ("-x", "'-x"), ("@SUM(A1)", "'@SUM(A1)"), ("  =1", "'  =1"),
        ("\tx", "'\tx"), ("\r=1", "'\r=1"), ("＝1", "'＝1"), ("plain - text", "plain - text"), ("", ""),
    ],
)  # fmt: skip
def test_the_command_line_and_the_export_make_cells_inert_alike(tmp_path: Path, text: str, made: str) -> None:
    desk = Desk(tmp_path)
    article = story("alpha", "news", "Nine died", title=text)
    desk.load(article, report(article, killed=9))
    publish(desk.warehouse, tmp_path / "casualties.duckdb", now=NOON, lock_timeout=5)
    done = write(tmp_path / "casualties.duckdb", tmp_path / "exports", formats=["csv"])
    assert rows(done.folder / "reports.csv")[0]["title"] == cell(text) == made


def test_geojson_has_a_point_a_feature_with_its_precision_and_says_what_it_is(latest: Path) -> None:
    whole = json.loads((latest / "incidents.geojson").read_text(encoding="utf-8"))
    assert (whole["type"], len(whole["features"])) == ("FeatureCollection", 4)
    part = next(feature for feature in whole["features"] if feature["properties"]["part_of"])
    assert part["geometry"] == {"type": "Point", "coordinates": [36.68, 35.64]}
    assert (part["properties"]["place_precision"], part["id"]) == ("exact", part["properties"]["incident_id"])
    assert whole["snapshot"] == "2019-07-23T12:02:00Z"
    assert "unverified" in whole["description"]
    assert "GeoNames" in whole["sources"][0]["title"]


def test_hxl_has_its_hashtags_in_the_second_row(latest: Path) -> None:
    with (latest / "incidents.hxl.csv").open(encoding="utf-8", newline="") as file:
        heads, tags, *told = list(csv.reader(file))
    assert heads == list(HXL)
    assert tags == list(HXL.values())
    assert len(set(tags)) == len(tags)
    assert {"#affected+killed+num", "#geo+lat", "#country+code+v_iso3", "#event+type"} <= set(tags)
    assert [row[heads.index("type")] for row in told] == [row["type"] for row in rows(latest / "incidents.csv")]


def test_every_hashtag_is_well_formed(latest: Path) -> None:
    import re

    # A letter, then letters, digits and underscores; attributes after a plus sign (HXL 1.1, "How to create").
    assert [tag for tag in HXL.values() if not re.fullmatch(r"#[a-z]\w*(\+[a-z]\w*)*", tag)] == []


def test_the_package_names_every_file_with_its_digest_and_every_column_with_its_meaning(latest: Path) -> None:
    package = json.loads((latest / "datapackage.json").read_text(encoding="utf-8"))
    files = {path.name for path in latest.iterdir()} - {"datapackage.json", "README.md"}
    assert {resource["path"] for resource in package["resources"]} == files
    assert len({resource["name"] for resource in package["resources"]}) == len(files)
    for resource in package["resources"]:
        content = (latest / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        for field in resource.get("schema", {}).get("fields", []):
            assert field["description"], f"{resource['path']}: {field['name']}"
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["snapshot"] == "2019-07-23T12:02:00Z"
    assert "GeoNames" in (latest / "README.md").read_text(encoding="utf-8")


def test_exporting_the_same_state_again_writes_nothing_and_another_state_keeps_the_last_ones(
    tmp_path: Path,
) -> None:
    desk, published, exports = Desk(tmp_path), tmp_path / "casualties.duckdb", tmp_path / "exports"
    folders = []
    for number in (1, 2, 3):
        article = story("alpha", f"news-{number}", f"{number} died")
        desk.load(article, report(article, killed=number))
        publish(desk.warehouse, published, now=NOON, lock_timeout=5)
        folders.append(write(published, exports, keep=2, formats=["csv"]).folder)
        again = write(published, exports, keep=2, formats=["csv"])
        assert (again.folder, again.written, again.kept) == (folders[-1], 0, 0)
    assert [folder.exists() for folder in folders] == [False, True, True]
    assert (exports / "latest").resolve() == folders[-1]


def test_an_export_that_failed_leaves_the_last_one_and_is_taken_up_again(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write(small, tmp_path, formats=["csv"])
    with monkeypatch.context() as broken:

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        broken.setattr(exporting, "write_geojson", full)
        with pytest.raises(LoadError, match=r"`latest` is as before; run it again: .*No space left"):
            write(small, tmp_path)
    assert (tmp_path / "latest").resolve() == first.folder
    assert sorted(path.name for path in tmp_path.glob("[!.]*")) == [first.folder.name, "latest"]
    done = write(small, tmp_path)
    assert (done.written, done.kept) == (3, 2 * len(TABLES))
    assert (tmp_path / "latest").resolve() == done.folder
    assert not list(tmp_path.glob(".*.unfinished"))


def test_what_is_half_written_is_never_taken_for_finished(small: Path, tmp_path: Path) -> None:
    whole = write(small, tmp_path / "a", formats=["csv"])
    left = tmp_path / "b" / f".{whole.folder.name}.unfinished"
    left.mkdir(parents=True)
    (left / ".incidents.csv.part").write_text("incident_id\n1")
    done = write(small, tmp_path / "b", formats=["csv"])
    assert {path.name for path in done.folder.iterdir()} == {path.name for path in whole.folder.iterdir()}
    assert (done.folder / "incidents.csv").read_bytes() == (whole.folder / "incidents.csv").read_bytes()


def test_nothing_published_and_nothing_loaded_are_said(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="does not exist"):
        write(tmp_path / "none.duckdb", tmp_path / "exports")
    desk = Desk(tmp_path)
    desk.load(critical=True)
    publish(desk.warehouse, tmp_path / "casualties.duckdb", now=NOON, lock_timeout=5)
    with pytest.raises(LoadError, match="nothing was loaded yet"):
        write(tmp_path / "casualties.duckdb", tmp_path / "exports")


def test_a_hostile_headline_cannot_leave_the_data_of_the_page(latest: Path) -> None:
    page = (latest / "report.html").read_text(encoding="utf-8")
    assert SCRIPT not in page
    assert "\\u003c/script\\u003e\\u003cscript\\u003ewindow.hit" in page
