"""Of whom and of what an event's figures are told: of all its victims, of one group of them, or of several attacks."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from casualties.events.aftermath import is_looked_back_at
from casualties.events.gazetteer.fold import fold
from casualties.events.gazetteer.names import demonyms
from casualties.events.places import PlaceMention
from casualties.events.tokens import Sentence
from casualties.events.tolls import CAMPAIGN, ONCE
from casualties.events.words import load
from casualties.model import Event, EventKind, EventType, Figure, Place, Scope

_WORD = re.compile(r"[^\W\d_]+")
_STATES = re.compile(r"\b(?:US|U\.S\.|UK|U\.K\.)(?= (?:citizens?|nationals?|dual)\b)")
_STATES_TOLL = re.compile(r"\b(?:US|U\.S\.|UK|U\.K\.)(?= (?:death toll|deaths|dead|victims)\b)")
_CITIZENS = re.compile(r"\b(?:citizens|nationals|expatriates)\b")  # who are counted by their state, abroad
_KIN = re.compile(
    r"\b(?:family members|relatives|kin|loved ones|(?:his|her|their|my) (?:\w+ )?(?:family|parents|sons|daughters))\b",
    re.IGNORECASE,
)
_YOUNG = re.compile(r"^(?!.*\band\b).*\b(?:children|babies|infants|women|girls|boys)$", re.IGNORECASE)
_AND = re.compile(r"\W*(?:and|or)\b")
_FROM_ONE = re.compile(
    r"^ (?:of|from) (?:the same|one|his|her|their|my|our|its|the|an?|[\w-]+['’]s) (?:[\w-]+ ){0,3}?"
    r"(?:family|household|community|university|college|school|company|congregation|newsroom)\b",
    re.IGNORECASE,
)
_OWN_PEOPLE = re.compile(
    r"\b(?:of (?:its|our|their) (?:\w+ )?(?:staff|employees|members|players|students|workers)|colleagues|staffers)\b",
    re.IGNORECASE,
)
# "the number of Danes killed has risen to seven": what stands before the number.
_COUNTED_UP = re.compile(
    r"\b(?:number of|toll|deaths|dead)\b.{0,80}\b(?:to|at|reach(?:es|ed)|pass(?:es|ed)|tops|now)\W+(?:\w+ ){0,2}$",
    re.IGNORECASE,
)
_AT_ODDS = frozenset((EventType.ACCIDENT, EventType.DISASTER, EventType.VEHICLE_ATTACK, EventType.RIOT))
_WAGED = frozenset(
    (EventType.AIR_STRIKE, EventType.DRONE_STRIKE, EventType.MISSILE_STRIKE, EventType.SHELLING, EventType.ARMED_CLASH)
)
_EXPLOSIVE = frozenset((*_WAGED - {EventType.ARMED_CLASH}, EventType.BOMBING))
_MORE_THAN_ONE_BOMB = 1000  # killed
_ONE_PLACE = ("exact", "near", "admin2")
_FIGHTING = re.compile(r"\b(?:violence|war|fighting|conflict|invasion|assassinat\w+|bombing)\b")
_ONE = re.compile(r"\b(?:attack|airstrike|strike|raid|blast|explosion|massacre|ambush|shelling of)\b")
# "after the rebels' attack": what was done before, by others
_BEFORE = re.compile(
    r"\b(?:after|since|following) (?:the )?([\w-]+)['’]s? (?:\w+ ){0,3}(?:attack|strike|raid|massacre)\b"
)
_ONE_DAY = re.compile(r"\b(?:(?:one|single)-day|in (?:a|one) (?:single )?day|24 hours|overnight)\b")
_SPOKEN = re.compile(r"\b(?:spoke|speaks|speaking|talk(?:s|ed|ing)|sang|chanted) (?:about|of) \w+ being\b")
_UNTOLD = frozenset((EventType.UNKNOWN, EventType.EXECUTION))
_JOINED = re.compile(r",? and (?:the )?")
_NO_SCENE = ("agent", "org", "from")  # relations of a place to what is told
_BARE = (2, 4)  # what one bare plural, or two, amount to at least
_MANY = 100  # so many are told of many attacks, not of one, where several are told and no day


def scope_of(event: Event, title: str, told: Sequence[str], after: Sequence[str] = ()) -> str:
    """Of what the figures of an event are told in its sentences and the headline; ``after`` are the next sentences."""
    if event.kind != EventKind.EVENT:
        return Scope.ALL
    phrases = [(event.killed.phrase, sentence) for sentence in told if event.killed and event.killed.phrase]
    around = [(phrase, *_around(phrase, sentence)) for phrase, sentence in phrases if phrase in sentence]
    if any(_of_one_community(phrase, after) for phrase, _, after in around):
        return Scope.GROUP
    killed = event.killed if event.date is None else None
    if killed and killed.low and is_looked_back_at(title, told, after, killed.phrase or "", killed.low):
        return Scope.SUMMARY
    if _is_summary(event, _own_deed(event, " ".join((title, *told)).lower())):
        return Scope.SUMMARY
    if event.killed is None or event.killed.high == 1:
        return Scope.ALL
    country = event.place.country if event.place else None
    foreign = any(_CITIZENS.search(phrase) for phrase, _, _ in around) and not (event.place and event.place.name)
    foreign |= country is not None and any(_foreign(phrase, before, country) for phrase, before, _ in around)
    young = any(_YOUNG.search(phrase) and not _AND.match(after) for phrase, _, after in around)
    return Scope.GROUP if foreign or young else Scope.ALL


def place_hit(event: Event, named: Sequence[PlaceMention], doers: Sequence[PlaceMention]) -> Place | None:
    """The place of an event, unless it is only the home of those who did it or of those to whom it was done.

    Where a hundred and more of one nation were killed in another's country, it is their own. Where a state's forces
    bombed, and no more is told than that state, it is the country of the victims' nation, else the first of the
    places ``named`` in the headline that lies in another one. ``doers``: those of the places that follow "by".
    """
    killed, place = event.killed, _beyond(_not_from(event, named), named, doers)
    if place is None or place.country is None or killed is None or not killed.phrase:
        return place
    nations = _nations(killed.phrase, _STATES)
    abroad = len(nations) == 1 and place.country not in nations
    if abroad and (killed.low or 0) >= _MANY and event.type not in _AT_ODDS:
        return Place(name=None, country=nations.pop(), precision="country")
    if place.precision != "country" or event.type not in _EXPLOSIVE or not _is_of_bombers(place, event):
        return place
    if abroad:
        return Place(name=None, country=nations.pop(), precision="country")
    own = [m for m in named if any(e.field == m.field and e.start <= m.start < e.end for e in event.evidence)]
    if place.country in nations or any(m.relation == "in" and m.place.country == place.country for m in own):
        return place
    others = (m.place for m in named if m.field == "title" and m.relation not in _NO_SCENE)
    elsewhere = (p for p in others if p.country not in (None, place.country))
    # A name that no gazetteer has lies in that country by a guess.
    return next(elsewhere, None if place.name is None or place.gazetteer_name is None else place)


def is_of_two_countries(event: Event, told: Sequence[tuple[Sentence, PlaceMention]]) -> bool:
    """Whether an event's place, no mishap's, is told together with one of another country: "in Kenya and Peru"."""
    if event.kind != EventKind.EVENT or event.place is None or event.type in _AT_ODDS or event.date is not None:
        return False
    for (sentence, one), (_, other) in pairwise(told):
        between = sentence.text[one.end - sentence.start : max(other.start - sentence.start, 0)]
        countries = {one.place.country, other.place.country}
        if event.place in (one.place, other.place) and one.relation == "in" and _JOINED.fullmatch(between):
            return len(countries - {None}) == 2
    return False


def _not_from(event: Event, named: Sequence[PlaceMention]) -> Place | None:
    """The place of an event; of one from where it only came ("fired from X") the one in which its sentences tell it."""
    if {m.relation for m in named if m.place == event.place} != {"from"}:
        return event.place
    told = (m for e in event.evidence for m in named if e.field == m.field and e.start <= m.start < e.end)
    return next((m.place for m in told if m.relation == "in" and m.place != event.place), event.place)


def _beyond(place: Place | None, named: Sequence[PlaceMention], doers: Sequence[PlaceMention]) -> Place | None:
    """Of what happened "near" a country or in a part of the world the country that the article begins with, if any; of
    a city that only stands for a government ("an admission by Paris") the place abroad in which something is told."""
    if place is None:
        return None
    own = [m for m in named if m.place == place]
    if place.precision == "exact" and own and all(m in doers for m in own):
        abroad = (m.place for m in named if m.relation == "in" and m.place.country not in (None, place.country))
        return next(abroad, place)
    near = place.precision == "country" and place.gazetteer_name is not None and {m.relation for m in own} == {"near"}
    if not near and not _is_part_of_the_world(place):
        return place
    countries = (m.place for m in sorted(named, key=lambda m: m.field != "title"))
    beside = (p for p in countries if p.precision == "country" and p.country not in (None, place.country))
    return next(beside, place)


def _is_part_of_the_world(place: Place) -> bool:
    return place.country is None and place.name in load("place_words")["world"]["parts"]


def _is_of_bombers(place: Place, event: Event) -> bool:
    """Whether a country is told as that of the forces that bombed."""
    names = " ".join(actor.name for actor in event.actors if actor.role == "perpetrator")
    return place.country in _nations(names, _STATES) or (place.name is not None and place.name in names)


def _around(phrase: str, sentence: str) -> tuple[str, str]:
    before, _, after = sentence.partition(phrase)
    return before, after


def _of_one_community(phrase: str, after: str) -> bool:
    return bool(_KIN.search(phrase) or _OWN_PEOPLE.search(phrase) or _FROM_ONE.match(after))


def _foreign(phrase: str, before: str, country: str) -> bool:
    """Whether a phrase counts people of nations that are all foreign in a country."""
    nations = _nations(phrase, _STATES)
    if not nations and _COUNTED_UP.search(before):
        nations = _nations(before, _STATES_TOLL)
    return bool(nations) and country not in nations


def _nations(words: str, states: re.Pattern[str]) -> set[str]:
    of = _demonyms()
    found = {of[low] for word in _WORD.findall(words) if word[0].isupper() and (low := fold(word)) in of}
    return found | {"GBR" if "K" in state else "USA" for state in states.findall(words)}


@cache
def _demonyms() -> dict[str, str]:
    return demonyms()


def _own_deed(event: Event, told: str) -> str:
    """What is told, without the attack by others that it came after."""
    doers = {word for actor in event.actors if actor.role == "perpetrator" for word in actor.name.lower().split()}
    return _BEFORE.sub(lambda found: found[0] if not doers or found[1] in doers else "", told)


def _is_unnumbered(killed: Figure) -> bool:
    """ "Murdered women and children": a bare plural."""
    return killed.best is None and killed.high is None and killed.low in _BARE


def _is_of_years(event: Event) -> bool:
    return event.date is not None and event.date.precision in ("year", "period")


def _is_summary(event: Event, told: str) -> bool:
    """Whether nobody can point to what is told: many attacks in an area, on no day, with a vague or great number."""
    killed, place = event.killed, event.place
    if killed is not None and _is_unnumbered(killed) and (_is_of_years(event) or _SPOKEN.search(told)):
        return True
    if killed is None or killed.low is None or event.date is not None:
        return False
    if event.type in _AT_ODDS:
        return False
    wide = event.place is None or event.place.precision == "country"
    if _is_unnumbered(killed) and (event.type in _UNTOLD or (event.type in _WAGED and wide)) and not _ONE.search(told):
        return True
    if place is not None and place.precision in _ONE_PLACE:
        return False
    if event.type in _EXPLOSIVE and killed.low >= _MORE_THAN_ONE_BOMB and not _ONE.search(told):
        return True
    several = CAMPAIGN.search(told)
    if ONCE.search(told) or _ONE_DAY.search(told) or (_ONE.search(told) and not several):
        return False
    if killed.best is None and killed.high is None:
        return bool(several or event.type in _WAGED or _FIGHTING.search(told))
    return bool(several) and killed.low >= _MANY
