"""The place index: names in any spelling, what lies in what, and how it opens."""

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from casualties.events.gazetteer import Gazetteer
from casualties.events.gazetteer.fold import fold, skeleton
from casualties.events.gazetteer.names import lexicon


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ma'arrat an Nu'mān", "Maarrat al-Numan"),
        ("St. Louis", "Saint Louis"),
        ("Ḩasakah", "Hasakah"),
        ("Deir ez-Zor", "Deir al Zor"),
        ("Łódź", "Lodz"),
    ],
)
def test_accents_articles_and_apostrophes_do_not_tell_names_apart(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir ez-Zor", "Dayr az Zawr"),
        ("Deir Ezzor", "Deir al-Zour"),
        ("Kyiv", "Kiev"),
        ("Kharkiv", "Kharkov"),
        ("Douma", "Duma"),
        ("Homs", "Hims"),
        ("Alwaer", "Al-Wa'er"),
        ("Zaporizhzhia", "Zaporozhye"),
        ("Salaheddin", "Salah ad Din"),
    ],
)
def test_transliterations_of_one_name_share_their_consonants(one: str, other: str) -> None:
    assert skeleton(fold(one)) == skeleton(fold(other)) != ""


def test_names_without_two_consonants_have_no_skeleton() -> None:
    assert skeleton(fold("Oia")) == ""


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Idlib", "SYR", "admin1"),
        ("Mogadishu", "SOM", "city"),
        ("Eastern Ghouta", "SYR", "region"),
        ("Gaza Strip", "PSE", "admin1"),
        ("West Bank", "PSE", "admin1"),
        ("Donbas", "UKR", "region"),
        ("Darfur", "SDN", "region"),
        ("Tigray", "ETH", "admin1"),
        ("Sinai", "EGY", "region"),
        ("Sadr City", "IRQ", "district"),
        ("Ivory Coast", "CIV", "country"),
        ("Nash County", "USA", "admin2"),
        ("Kent", "GBR", "admin2"),
    ],
)
def test_towns_provinces_districts_and_regions_are_known(
    gazetteer: Gazetteer, name: str, country: str, kind: str
) -> None:
    assert any(e.country == country and e.kind == kind for e in gazetteer.find(name))


def test_a_spelling_that_no_list_has_is_found_by_its_consonants(gazetteer: Gazetteer) -> None:
    for written, known in (
        ("Mayadeen", "Al Mayādīn"),
        ("Qamishly", "Al Qāmishlī"),
        ("Khan Shaikhoun", "Khan Sheikhoun"),
    ):
        assert known in [entry.name for entry, _ in gazetteer.alike(written, ["SYR"])]


def test_likeness_is_looked_for_only_in_the_countries_asked(gazetteer: Gazetteer) -> None:
    assert gazetteer.alike("Mayadeen", ["UKR"]) == []


def test_what_contains_what(gazetteer: Gazetteer) -> None:
    douma = next(e for e in gazetteer.find("Douma") if e.country == "SYR")
    ghouta = next(e for e in gazetteer.find("Eastern Ghouta") if e.country == "SYR")
    syria = gazetteer.country("SYR")
    assert syria is not None
    assert gazetteer.contains(ghouta.id, douma.id)
    assert gazetteer.contains(syria.id, douma.id)
    assert gazetteer.contains(syria.id, ghouta.id)
    assert not gazetteer.contains(douma.id, ghouta.id)
    assert not gazetteer.contains(douma.id, douma.id)


def test_a_region_contains_the_towns_of_its_provinces(gazetteer: Gazetteer) -> None:
    donbas = gazetteer.find("Donbas")[0]
    mariupol = next(e for e in gazetteer.find("Mariupol") if e.country == "UKR")
    kherson = next(e for e in gazetteer.find("Kherson") if e.kind == "city")
    assert gazetteer.contains(donbas.id, mariupol.id)
    assert not gazetteer.contains(donbas.id, kherson.id)


def test_the_index_opens_at_once(gazetteer: Gazetteer) -> None:
    started = time.perf_counter()
    Gazetteer.open().close()
    assert time.perf_counter() - started < 0.3


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
def test_opening_and_looking_up_takes_little_memory(gazetteer: Gazetteer) -> None:
    code = (
        "from casualties.events.gazetteer import Gazetteer; g = Gazetteer.open();"
        "[g.find(n) for n in ('Aleppo', 'Springfield', 'San Antonio', 'Homs')];"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(ran.stdout) < 100_000  # kilobytes, the interpreter's own among them


def test_the_index_is_read_only(gazetteer: Gazetteer) -> None:
    with pytest.raises(sqlite3.OperationalError):
        gazetteer._db.execute("DELETE FROM place")


def test_every_name_of_the_lexicon_leads_somewhere(gazetteer: Gazetteer) -> None:
    for group, rows in lexicon()["regions"].items():
        for row in rows:
            country = row.get("country") if group == "across" else group
            found = gazetteer.find(row["name"])
            assert any(country is None or e.country == country for e in found), row["name"]


def test_provinces_of_one_country_have_different_names(gazetteer: Gazetteer) -> None:
    rows = gazetteer._db.execute(
        "SELECT name FROM place WHERE kind = 'admin1' AND country = 'SYR' GROUP BY name HAVING count(*) > 1"
    )
    assert rows.fetchall() == []


def test_a_file_that_is_no_index_is_an_error_when_opened(tmp_path: Path) -> None:
    broken = tmp_path / "gazetteer.db"
    broken.write_bytes(b"not a database at all, but long enough to be read as one" * 50)
    with pytest.raises(sqlite3.DatabaseError):
        Gazetteer.open(broken)


def test_an_index_older_than_the_lexicon_is_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "gazetteer.db"
    with closing(sqlite3.connect(old)) as db:
        db.execute("PRAGMA user_version = 1")
    built: list[list[str]] = []
    monkeypatch.setattr("subprocess.run", lambda command, **_: built.append(command))
    with pytest.raises(sqlite3.OperationalError):  # the stand-in for the build leaves the file as it was
        Gazetteer.open(old)
    assert [command[-1] for command in built] == [str(old)]
