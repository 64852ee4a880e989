"""Where things happen: the names of places in an article, resolved with the rest of the article as context."""

import math
import re
from dataclasses import dataclass, replace
from itertools import pairwise

from casualties.events import place_senses
from casualties.events.dates import dateline
from casualties.events.gazetteer import Entry, Gazetteer
from casualties.events.gazetteer.names import transliterated
from casualties.events.place_reading import Candidate, Reader, group_names
from casualties.events.place_senses import Asked, Context
from casualties.events.place_spans import runs, words
from casualties.model import Place

_SHORE = re.compile(r"\s(\w+) of ")
_ARTICLED = re.compile(r"(?:al|el|ul|ash|ad|ar|as|an|at|az|ez)[-’' ]", re.IGNORECASE)
_PRECISIONS = {"country": "country", "region": "admin1", "water": "admin1", "admin1": "admin1", "admin2": "admin2"}
_COMMON_NOUN = re.compile(r"(?:[a-z]{3}ing|[a-z]{3}ments?|tions?|sions?|ness|hoods?|ships?|sides?)\b")
# between two names, where the first one is by the second
_BESIDE = re.compile(
    r",?\s+(?:\w+\s+){0,3}?(?:near|outside|(?:north|south|east|west|northeast|northwest|southeast|southwest"
    r"|north-east|north-west|south-east|south-west) of)\s+(?:the )?(?:\w+ (?:of )?)?"
)
_FAR = 3.0  # degrees
_ADDRESSES = frozenset(("USA", "CAN", "GBR", "AUS", "IRL", "NZL"))  # where a street is only part of an address
_LOCATIVE = frozenset(("in", "near"))
_ACCEPTED = 1.7
_ACCEPTED_BESIDE = 2.5  # "X, west of Y" is a place
_ALONE = 10.0
_ACCEPTED_IN_NAMES = 0.6  # "Elmira Police Department" only hints at a place


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A place as one stretch of the title or text names it. Offsets are code points, end exclusive."""

    field: str  # title | text
    start: int
    end: int
    name: str  # as written
    place: Place
    id: int | None  # the gazetteer's; None for a place that it does not have
    # in | near | from | to | of | and | between | over | dateline | "", or no place of action: agent ("Russia said"),
    # org (part of a name: "Aleppo police"), meeting (where somebody speaks: "a London press conference")
    relation: str
    is_dateline: bool = False
    strength: float = 0.0  # evidence that this is a place at all; 2 is just enough, a country after "in" has 6 and more


@dataclass(frozen=True, slots=True)
class Places:
    """All places of an article, in order (title first), and the country it is mostly about (alpha-3)."""

    mentions: list[PlaceMention]
    country: str | None
    hints: dict[str, float]  # weights by alpha-3, from places and from words such as "Syrian"


def find_places(title: str, text: str, gazetteer: Gazetteer) -> list[PlaceMention]:
    """Every mention of a place in an article, title first, then by position; see :func:`read_places`."""
    return read_places(title, text, gazetteer).mentions


def read_places(title: str, text: str, gazetteer: Gazetteer) -> Places:
    """Places of an article resolved together: a name means what fits the article's other names.

    A name that the gazetteer lacks is kept as written where the words around it say that it is a place ("the village
    of X"), with the province or country of its context. Never raises; linear in the length of the text.
    """
    hints = Context()
    reader = Reader(gazetteer, hints)
    reader.read([*runs("title", title), *runs("text", text)])
    candidates, leftovers = reader.candidates, reader.leftovers
    if (line := dateline(text)) is not None:
        for candidate in [*candidates, *leftovers]:
            if candidate.run.where == "text" and line.place_start <= candidate.start < line.place_end:
                candidate.dateline = True
                candidate.wanted = candidate.wanted or "city"
    hints.settle()
    hints.place_names(gazetteer, {c.key: c.held for c in candidates if c.evidence > -1.0})
    context = _context(candidates, hints, gazetteer)
    choose = _Chooser(gazetteer, context)
    candidates = [
        c for c in candidates
        if c.key not in reader.surnames or c.evidence >= 3.0 or c.dateline or reader.is_large(c.held)
    ]  # fmt: skip
    mentions = [m for c in candidates if (m := _resolve(c, choose(c), context, gazetteer, text, title))]
    namesakes = _namesakes(mentions, gazetteer, text)
    mentions = [m for m in mentions if (m.field, m.end) not in namesakes]
    for mention in tuple(mentions):
        entry = gazetteer.entry(mention.id) if mention.id is not None else None
        if entry is not None and entry.admin1 is not None:
            context.provinces.setdefault(entry.admin1, set()).add(mention.name)
    taken = {(m.field, m.end) for m in mentions}
    for candidate in candidates:
        if (candidate.run.where, candidate.end) in namesakes:
            candidate.wanted, candidate.evidence = candidate.wanted or "city", _ACCEPTED_BESIDE
    unread = []
    introduced: dict[str, PlaceMention] = {}
    for candidate in [*leftovers, *(c for c in candidates if (c.run.where, c.end) not in taken)]:
        if unlisted := _unlisted(candidate, context, mentions, gazetteer, text, title):
            mentions.append(unlisted)
            if candidate.wanted:
                introduced.setdefault(candidate.key, unlisted)
        else:
            unread.append(candidate)
    for candidate in unread:
        if (known := introduced.get(candidate.key)) and candidate.evidence >= 0 and candidate.relation != "agent":
            raw = _raw(candidate, text, title)
            mentions.append(_once_more(candidate, known, raw))
    mentions = [m for m in mentions if not _is_beside(m, text if m.field == "text" else title)]
    mentions.sort(key=lambda m: (m.field != "title", m.start))
    likeliest = context.likeliest(1)
    return Places(mentions, likeliest[0] if likeliest else None, dict(context.countries))


def _namesakes(mentions: list[PlaceMention], gazetteer: Gazetteer, text: str) -> set[tuple[str, int]]:
    """Where places end that lie far from where the text puts them: "Mansoura, west of Raqqa" is not in Egypt."""
    told = sorted((m for m in mentions if m.field == "text"), key=lambda m: m.start)
    return {
        (m.field, m.end)
        for m, following in pairwise(told)
        if _BESIDE.fullmatch(text, m.end, following.start) and _are_far_apart(m, following, gazetteer)
    }


def _are_far_apart(one: PlaceMention, other: PlaceMention, gazetteer: Gazetteer) -> bool:
    a, b = (gazetteer.entry(m.id) if m.id is not None else None for m in (one, other))
    if a is None or b is None or None in (a.lat, a.lon, b.lat, b.lon) or "country" in (a.kind, b.kind):
        return False
    return math.hypot(a.lat - b.lat, (a.lon - b.lon) * math.cos(math.radians(a.lat))) > _FAR  # type: ignore[operator, arg-type]


def _is_beside(mention: PlaceMention, told: str) -> bool:
    """Whether a sea only tells where a town is: "the Black Sea port of Odesa"."""
    shore = _SHORE.match(told, mention.end) if mention.name.rsplit(" ", 1)[-1].lower() in words().waters else None
    return shore is not None and shore.group(1) in words().types


# ---------------------------------------------------------------- the article as context


class _Chooser:
    """The best sense of a name under one context, remembered: an article says the same names again and again."""

    def __init__(self, gazetteer: Gazetteer, context: Context) -> None:
        self._gazetteer, self._context = gazetteer, context
        self._chosen: dict[Asked, tuple[Entry, float, float] | None] = {}

    def __call__(self, candidate: Candidate) -> tuple[Entry, float, float] | None:
        asked = candidate.asked
        if asked not in self._chosen:
            self._chosen[asked] = place_senses.best(self._gazetteer, candidate.held, self._context, asked)
        return self._chosen[asked]


def _context(candidates: list[Candidate], hints: Context, gazetteer: Gazetteer) -> Context:
    """Countries by what is certain enough without context: their names, provinces, large towns, "X, Syria"."""
    context = Context(dict(hints.countries), cells=hints.cells)
    choose = _Chooser(gazetteer, hints)
    for candidate in candidates:
        chosen = choose(candidate)
        if chosen is None:
            continue
        entry, value, lead = chosen
        if entry.country is None:
            continue
        weight = 2.0 if candidate.run.where == "title" else 1.0
        if entry.kind == "country":
            weight *= 1.0 if candidate.relation not in ("agent", "org") else 0.5
        elif candidate.parents:
            weight *= 1.0
        elif _is_doubtful(candidate, entry) or (entry.kind == "city" and entry.population < 100_000):
            continue  # a namesake's vote would be for itself
        elif value + candidate.evidence > 5.5:
            weight *= 1.0
        elif value + candidate.evidence > 3.5:
            weight *= 0.4
        else:
            continue
        if candidate.dateline or candidate.relation == "org":
            weight *= 0.4
        if lead < 3.0:  # Georgia, Jordan, Springfield
            weight *= 0.3
        context.vote(entry.country, weight)
        if entry.kind == "admin1" and candidate.relation != "org":
            context.provinces.setdefault(entry.id, set()).add(candidate.key)
        elif entry.admin1 is not None and (candidate.parents or (lead >= 3.0 and entry.population > 100_000)):
            context.provinces.setdefault(entry.admin1, set()).add(candidate.key)
        if entry.lat is not None and entry.lon is not None and lead >= 3.0 and entry.kind in ("city", "admin1"):
            context.add_spot(entry.lat, entry.lon)
    context.settle()
    return context


def _is_doubtful(candidate: Candidate, entry: Entry) -> bool:
    """Whether the name is told as a part of the place before it, or as something narrower than what it is here."""
    if entry.kind == "country":
        return False
    return candidate.beside or (entry.kind == "admin1" and candidate.wanted not in ("", "admin1", "parent"))


# ---------------------------------------------------------------- deciding


def _raw(candidate: Candidate, text: str, title: str) -> str:
    return (title if candidate.run.where == "title" else text)[candidate.start : candidate.end]


def _resolve(
    candidate: Candidate,
    chosen: tuple[Entry, float, float] | None,
    context: Context,
    gazetteer: Gazetteer,
    text: str,
    title: str,
) -> PlaceMention | None:
    lexicon = words()
    if chosen is None:
        return None
    if candidate.state is not None:
        return None
    entry, value, lead = chosen
    raw = _raw(candidate, text, title)
    letters = 4 if not candidate.run.titled and not candidate.dateline else 2
    if entry.kind not in ("country", "admin1", "region") and len(raw) <= letters and raw.isupper():
        return None  # "a WA man" is of no town Wa
    if candidate.relation == "agent" and entry.kind == "city" and entry.population < 300_000:  # "Walker said"
        return None
    strength = candidate.evidence + min(value, 5.0) * 0.8 - 0.8
    if candidate.j == candidate.i + 1:
        if candidate.key in lexicon.persons and entry.kind != "country":
            strength -= 1.5
        if candidate.run.opens and candidate.i == 0 and entry.population < 100_000 and entry.kind == "city":
            strength -= 1.0
    alone = lead > _ALONE and " " in candidate.key  # "Gaza City" is no other's
    plain = (not candidate.wanted or alone) and not candidate.i
    if plain and entry.kind == "admin1" and not candidate.evidence:  # "Gaza mourns"
        strength += 0.5
    # That a name is nobody else's is no proof for a small town in a country of which the article says nothing.
    elsewhere = context.certainty > 0.5 and context.share(entry.country) == 0
    named_once = entry.population > 40_000 or (len(candidate.key.removeprefix("al ").split()) > 1 and not elsewhere)
    unique = plain and lead > 5.0 and named_once
    small = 300_000 if candidate.wanted or candidate.i else 100_000
    if (
        not candidate.parents
        and not unique
        and _is_doubtful(candidate, entry)
        and context.certainty > 0.5 > 3 * context.share(entry.country)
    ):
        return None
    if not candidate.parents and not unique and place_senses.far_off(entry, context, small):
        return None
    if candidate.run.where == "title" and entry.kind == "city" and entry.population > 100_000:
        strength += 0.4
    if candidate.dateline:
        strength += 3.0
    if strength < (_ACCEPTED if candidate.relation != "org" else _ACCEPTED_IN_NAMES):
        return None
    return _mention(candidate, entry, strength, gazetteer, raw)


def _mention(candidate: Candidate, entry: Entry, strength: float, gazetteer: Gazetteer, raw: str) -> PlaceMention:
    province = gazetteer.entry(entry.admin1) if entry.admin1 is not None else None
    precision = _PRECISIONS.get(entry.kind, "exact") if entry.country or entry.kind == "country" else None
    if candidate.relation == "near" and precision == "exact":
        precision = "near"
    start, name = candidate.start, raw
    if (
        candidate.i == 0
        and candidate.run.before[0] in words().directions
        and entry.kind in ("country", "region", "admin1", "city")
    ):
        start -= len(candidate.run.before[0]) + 1
        name = f"{candidate.run.before[0]} {raw}"
    place = Place(
        name=name, gazetteer_name=entry.name, admin1=province.name if province else None, country=entry.country,
        lat=entry.lat, lon=entry.lon, precision=precision,
    )  # fmt: skip
    return PlaceMention(
        field=candidate.run.where, start=start, end=candidate.end, name=name, place=place, id=entry.id,
        relation="dateline" if candidate.dateline else candidate.relation, is_dateline=candidate.dateline,
        strength=round(strength, 2),
    )  # fmt: skip


def _unlisted(
    candidate: Candidate, context: Context, mentions: list[PlaceMention], gazetteer: Gazetteer, text: str, title: str
) -> PlaceMention | None:
    """A name that is no one's, or only a far-off hamlet's: another spelling, or a village that no list has."""
    raw = _raw(candidate, text, title)
    if candidate.state is not None and (state := gazetteer.entry(candidate.state)):  # "Fountain, Fla."
        return _nameless(candidate, raw, state.name, state.country, candidate.evidence + 2.0)
    told = title if candidate.run.where == "title" else text
    if not _may_be_unlisted(candidate, raw, context, told):
        return None
    alike = gazetteer.alike(raw, [c for c in context.likeliest(3) if context.share(c) > 0.15])[:6]
    if alike:

        def fit(pair: tuple[Entry, float]) -> float:
            return pair[1] / 10 + place_senses.score(gazetteer, pair[0], True, context, Asked("", candidate.wanted))

        return _mention(candidate, max(alike, key=fit)[0], candidate.evidence, gazetteer, raw)
    near = _neighbour(candidate, mentions)
    beside = near is not None and 0 <= near.start - candidate.end < 12  # "in X in Latakia", "in X, Iraq"
    named = candidate.wanted or candidate.dateline or _ARTICLED.match(raw) or _is_listed(candidate, told)
    if not (named or beside or _at_home(candidate, context)):
        return None
    country = next(iter(context.likeliest(1)), None)
    if near and (beside or country is None or context.share(country) < 0.5):
        country = near.place.country
    admin1 = near.place.admin1 if near and near.place.country == country else None
    return _nameless(candidate, raw, admin1, country, candidate.evidence)


def _is_listed(candidate: Candidate, told: str) -> bool:
    """Whether a name goes on a list of places: "the quarters of A and B"."""
    first = max(0, candidate.start - 100)
    joined = told[first : candidate.start].rstrip().endswith((",", "and", "the"))  # most are not, and searches are slow
    return joined and words().listing.search(told, first, candidate.start) is not None


def _may_be_unlisted(candidate: Candidate, raw: str, context: Context, told: str) -> bool:
    """Whether the words around a name that nobody has say that it is a place."""
    run = candidate.run
    if candidate.dateline:
        return len(raw) > 2
    if run.titled or len(raw) < 3 or candidate.j - candidate.i > 5 or raw.isupper():
        return False
    articled = bool(_ARTICLED.match(raw))
    located = candidate.relation in _LOCATIVE and candidate.evidence >= 2.0 and raw[0].isupper()
    if not (located or (articled and candidate.evidence > 0.5) or _is_listed(candidate, told)):
        return False
    if run.opens and candidate.i == 0 and not candidate.wanted:
        return False
    after = run.words[candidate.j].key if candidate.j < len(run.words) else run.after[0]
    if after in words().attached and not candidate.wanted:  # a hospital's name, not a village's
        return False
    if _is_common(candidate) or after == "river":
        return False
    if not (articled or candidate.wanted) and (
        candidate.beside or _COMMON_NOUN.search(raw)
    ):  # "Damascus Opera", "in Escalating Bombardment"
        return False
    streets = any(word.key in words().streets for word in run.words[candidate.j - 1 : candidate.j + 1])
    return not (streets and _ADDRESSES.intersection(context.likeliest(1)))


def _is_common(candidate: Candidate) -> bool:
    """Whether an unknown name is of common words alone, or a group's or a day's that lost its apostrophe: "Mondays"."""
    lexicon = words()
    keys = [word.key for word in candidate.run.words[candidate.i : candidate.j]]
    bare = candidate.key.removesuffix("s")
    if bare != candidate.key and len(bare) > 4 and (bare in lexicon.never or bare in group_names()):
        return True
    common = (lexicon.organisations, lexicon.titles, lexicon.directions, lexicon.types)
    return all(any(key in listed for listed in common) for key in keys)


def _nameless(candidate: Candidate, raw: str, admin1: str | None, country: str | None, strength: float) -> PlaceMention:
    precision = "admin1" if admin1 else "country" if country else None
    return PlaceMention(
        field=candidate.run.where, start=candidate.start, end=candidate.end, name=raw,
        place=Place(name=raw, admin1=admin1, country=country, precision=precision), id=None,
        relation="dateline" if candidate.dateline else candidate.relation, is_dateline=candidate.dateline,
        strength=round(strength, 2),
    )  # fmt: skip


def _once_more(candidate: Candidate, known: PlaceMention, raw: str) -> PlaceMention:
    """A name that was introduced as a place elsewhere ("the village of X"), where the words around it do not say so."""
    return replace(
        known, field=candidate.run.where, start=candidate.start, end=candidate.end, name=raw,
        relation=candidate.relation, is_dateline=False, strength=round(candidate.evidence, 2),
    )  # fmt: skip


def _at_home(candidate: Candidate, context: Context) -> bool:
    """Whether an unknown name after "in" is probably a village of the one country that the article is about."""
    likeliest = context.likeliest(1)
    if not likeliest or likeliest[0] not in transliterated() or context.share(likeliest[0]) < 0.5:
        return False
    named = candidate.run.words[candidate.i : candidate.j]
    keys = {word.key for word in named if word.key != "al"}
    lexicon = words()
    traps = (lexicon.never, lexicon.persons, lexicon.organisations, lexicon.titles)
    return len(keys) <= 3 and named[-1].text.isalpha() and not any(keys & trap for trap in traps)


def _neighbour(candidate: Candidate, mentions: list[PlaceMention]) -> PlaceMention | None:
    """The closest place within two sentences or so that could hold it."""
    near = [
        (abs(m.start - candidate.start), m)
        for m in mentions
        if m.field == candidate.run.where and m.place.country and m.relation not in ("agent", "org", "dateline", "from")
        and abs(m.start - candidate.start) < 300
    ]  # fmt: skip
    return min(near, key=lambda pair: pair[0])[1] if near else None
