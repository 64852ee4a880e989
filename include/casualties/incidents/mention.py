"""A report reduced to what two reports are compared by, in the form in which comparing is cheap."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import sqrt

from casualties.incidents.rarities import RARE, anybody, armed_groups, rarity, states, war_words
from casualties.incidents.records import LinkedReport
from casualties.incidents.terms import AGED, SITE, STREET, WHO
from casualties.model import OUTCOMES, EventReport, EventType, Figure, Place, Scope

# How many days before its publication a report without a date may have happened.
UNSAID_DAYS = 7
MANY_DEATHS = 5  # crashes and disasters with so many are rare in one country and day
TELLING_DEATHS = 20  # a number of dead that two events of one day and country hardly share
EXPLOSIVE = {
    EventType.AIR_STRIKE,
    EventType.DRONE_STRIKE,
    EventType.MISSILE_STRIKE,
    EventType.SHELLING,
    EventType.BOMBING,
    EventType.CHEMICAL_ATTACK,
}
_WAR = EXPLOSIVE | {EventType.ARMED_CLASH, EventType.EXECUTION}
MISHAP = {EventType.ACCIDENT, EventType.DISASTER, EventType.VEHICLE_ATTACK}
_WARLIKE = 2  # so many words of a war make an event of unsaid means one of a war
UNIQUE_DEATHS = 500  # one that they hardly share in a war either
VERY_MANY_DEATHS = 100  # one that few have outside a war
STATE, REBELS = 1, 2
CIVILIANS, FIGHTERS = 1, 2
_FIGHTERS = {"combatants", "security_forces"}
POINT, PROVINCE, COUNTRY, NAMED, NOWHERE = range(5)

Span = tuple[int, int]  # days as ordinals, both inclusive
Range = tuple[int, int | None, bool]  # lowest and highest number (None is open upwards); whether a number was told


@dataclass(frozen=True, slots=True)
class Terms:
    """What incidents.terms found: victims and suspects, kinds of sites, other terms, and those hardly any story has."""

    persons: frozenset[str]
    ages: frozenset[str]
    streets: frozenset[str]
    sites: frozenset[str]
    words: frozenset[str]
    rare: frozenset[str]
    length: float  # of the vector of the words' rarities


@dataclass(frozen=True, slots=True)
class Mention:
    report_id: str
    article: str  # article_id; of the original where the article is a copy
    article_id: str
    withdrawn: bool
    days: Span | None
    dated: bool  # the report says when; else `days` comes from its publication
    published: float | None  # seconds since 1970
    level: int  # POINT ... NOWHERE
    names: frozenset[str]
    spelt: frozenset[str]  # the names as terms of a text have them
    lat: float
    lon: float
    admin1: str
    country: str
    type: str
    war: bool  # told as of a war
    killed: Range | None
    injured: Range | None
    others: frozenset[str]  # outcomes told beside these: missing, displaced, abducted
    group: bool  # the killed are of one group of the victims
    actors: frozenset[str]
    side: int  # of those who did it: STATE, REBELS, or 0 where that is unsaid, or both
    dead: int  # CIVILIANS or FIGHTERS where all of the killed are; else 0
    terms: Terms


def mention(linked: LinkedReport) -> Mention:
    report = linked.report
    place = _scene(report)
    level, lat, lon = _where(place)
    published = report.published.timestamp() if report.published else None
    return Mention(
        report_id=report.report_id,
        article=report.copy_of or report.article_id,
        article_id=report.article_id,
        withdrawn=linked.withdrawn,
        days=_days(report),
        dated=report.date is not None,
        published=published,
        level=level,
        names=frozenset(plain(name) for name in (place.name, place.gazetteer_name) if name) if place else frozenset(),
        spelt=_spelt(place) if place and level != COUNTRY else frozenset(),
        lat=lat,
        lon=lon,
        admin1=plain(place.admin1) if place and place.admin1 else "",
        country=(place.country or "") if place else "",
        type=report.type,
        war=_war(report.type, linked.terms),
        killed=_range(report.killed),
        injured=_range(report.injured),
        others=frozenset(outcome for outcome in OUTCOMES[2:] if getattr(report, outcome) is not None),
        group=report.scope == Scope.GROUP,
        actors=frozenset(
            plain(a.name) for a in report.actors if a.role != "target" and a.name.lower() not in anybody()
        ),
        side=_side(report),
        dead=_dead(report),
        terms=_terms(linked),
    )


def _side(report: EventReport) -> int:
    words = {
        word for a in report.actors if a.role == "perpetrator" for word in a.name.lower().replace("-", " ").split()
    }
    state, rebels = (not words.isdisjoint(sides) for sides in (states(), armed_groups()))
    return 0 if state == rebels else STATE if state else REBELS


def _dead(report: EventReport) -> int:
    least = killed[0] if (killed := _range(report.killed)) else 0
    groups = {v.group for v in report.victims if v.outcome == "killed" and (v.low or v.best or 0) >= max(least, 1)}
    fighters = groups & _FIGHTERS
    return 0 if not groups or 0 < len(fighters) < len(groups) else FIGHTERS if fighters else CIVILIANS


@cache
def plain(name: str) -> str:
    """A name without case, accents, hyphens, blanks and article, so that spellings meet."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    words = re.sub(r"[^\w\s]|_", " ", "".join(c for c in letters if not unicodedata.combining(c))).split()
    return "".join(word for word in words if word not in ("al", "el", "the"))


def _war(kind: str, terms: frozenset[str]) -> bool:
    if kind in _WAR:
        return True
    return kind not in MISHAP and len(terms & war_words()) >= _WARLIKE


def _spelt(place: Place) -> frozenset[str]:
    names = (name.lower().split()[-2:] for name in (place.name, place.gazetteer_name) if name)
    return frozenset(" ".join(name) for name in names)


def _terms(linked: LinkedReport) -> Terms:
    persons = frozenset(term for term in linked.terms if term.startswith(WHO))
    streets = frozenset(term for term in linked.terms if term.startswith(STREET))
    sites = frozenset(term for term in linked.terms if term.startswith(SITE))
    words = linked.terms - persons - streets - sites
    return Terms(
        persons=persons,
        ages=frozenset(term for term in words if term.startswith(AGED)),
        streets=streets,
        sites=sites,
        words=words,
        rare=frozenset(term for term in words if rarity(term) >= RARE),
        length=sqrt(sum(rarity(term) ** 2 for term in words)),
    )


def _scene(report: EventReport) -> Place | None:
    """The place told; none where very many were killed and others taken, who may be told of where they are held."""
    killed = _range(report.killed)
    held = report.type == EventType.ABDUCTION and killed is not None and killed[0] >= UNIQUE_DEATHS
    return None if held else report.place


def _where(place: Place | None) -> tuple[int, float, float]:
    if place is None:
        return NOWHERE, 0.0, 0.0
    if place.lat is not None and place.lon is not None and place.precision not in ("admin1", "country"):
        return POINT, place.lat, place.lon
    if place.country and place.admin1:
        return PROVINCE, 0.0, 0.0
    if place.country:
        return COUNTRY, 0.0, 0.0
    return (NAMED if place.name else NOWHERE), 0.0, 0.0


def _days(report: EventReport) -> Span | None:
    if report.date is not None:
        return report.date.start.toordinal(), report.date.end.toordinal()
    if report.published is not None:
        day = report.published.date().toordinal()
        return day - UNSAID_DAYS, day
    return None


def _range(figure: Figure | None) -> Range | None:
    if figure is None:
        return None
    low = next((n for n in (figure.low, figure.best, figure.high) if n is not None), None)
    return None if low is None else (low, figure.high, figure.best is not None)


@cache
def iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
