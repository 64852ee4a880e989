"""Where things happen: the names of places in an article, resolved with the rest of the article as context."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
import tomllib

from casualties.events import place_senses
from casualties.events.dates import dateline
from casualties.events.gazetteer import Entry, Gazetteer
from casualties.events.gazetteer.fold import TRANSLITERATED, fold
from casualties.events.place_senses import Context
from casualties.events.place_spans import Run, Words, adjoining, neighbours, runs, words
from casualties.model import Place

_ARTICLED = re.compile(r"(?:al|el|ul|ash|ad|ar|as|an|at|az|ez)[-’' ]", re.IGNORECASE)
_COMMA = re.compile(r",[ ]+((?:[A-Z][\w.’'-]*)(?:[ ][A-Z][\w’'-]*){0,3})|[ ]?\((\w[\w .]+)\)")
_PRECISIONS = {"country": "country", "region": "admin1", "water": "admin1", "admin1": "admin1", "admin2": "admin2"}
_LOCATIVE = frozenset(("in", "near"))
_DISTANCES = frozenset(("miles", "km", "kilometers", "kilometres", "outside"))
_WEIGHTS = {"in": 2.5, "near": 2.5, "hit": 1.5, "from": 1.5, "to": 1.5, "between": 1.5, "over": 1.0}
_ACCEPTED = 1.7
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
    relation: str  # in | near | from | to | of | between | over | agent (it acts: "Russia said") | org (part of a name: "Aleppo police") | ""
    is_dateline: bool = False
    strength: float = 0.0  # evidence that this is a place at all; 2 is just enough, a country after "in" has 6 and more


@dataclass(frozen=True, slots=True)
class Places:
    """All places of an article, in order (title first), and the country it is mostly about (alpha-3)."""

    mentions: list[PlaceMention]
    country: str | None
    hints: dict[str, float]  # weights by alpha-3, from places and from words such as "Syrian"


@dataclass(slots=True)
class _Candidate:
    run: Run
    i: int
    j: int
    held: tuple[tuple[int, bool], ...]
    relation: str
    wanted: str  # kind that a type word asks for
    evidence: float  # from the words around alone
    parents: frozenset[int] = frozenset()
    dateline: bool = False

    @property
    def start(self) -> int:
        return self.run.words[self.i].start

    @property
    def end(self) -> int:
        return self.run.words[self.j - 1].end

    @property
    def key(self) -> str:
        return " ".join(word.key for word in self.run.words[self.i : self.j])


@cache
def _demonyms() -> dict[str, str]:
    raw = tomllib.loads((files("casualties.events") / "lexicon" / "places.toml").read_text(encoding="utf-8"))
    return {fold(word): country for country, listed in raw["demonyms"].items() for word in listed}


@cache
def _state_keys() -> dict[str, str]:
    return {fold(short): fold(name) for short, name in words().states.items()}


def find_places(title: str, text: str, gazetteer: Gazetteer, home: str | None = None) -> list[PlaceMention]:
    """Every mention of a place in an article, title first, then by position; see :func:`read_places`."""
    return read_places(title, text, gazetteer, home).mentions


def read_places(title: str, text: str, gazetteer: Gazetteer, home: str | None = None) -> Places:
    """Places of an article resolved together: a name means what fits the article's other names.

    ``home`` is the publisher's country (alpha-3), where known: between two towns of one name it prefers its own.

    A name that the gazetteer lacks is kept as written where the words around it say that it is a place ("the village
    of X"), with the province or country of its context. Never raises; linear in the length of the text.
    """
    found_runs = [*runs("title", title), *runs("text", text)]
    known = gazetteer.lookup({key for run in found_runs for row in run.stretches for _, key in row} | _lost_apostrophes(found_runs))
    line = dateline(text)
    candidates: list[_Candidate] = []
    leftovers: list[_Candidate] = []
    hints = Context()
    if home:
        hints.countries[home] += 0.5
    for run in found_runs:
        _read_run(run, known, gazetteer, candidates, leftovers, hints)
    if line is not None:
        for candidate in [*candidates, *leftovers]:
            candidate.dateline = candidate.run.where == "text" and line.place_start <= candidate.start < line.place_end
            if candidate.dateline:
                candidate.wanted = candidate.wanted or "city"
    hints.settle()
    hints.place_names(gazetteer, {c.key: c.held for c in candidates if c.evidence > -1.0})
    context = _context(candidates, hints, gazetteer)
    choose = _Chooser(gazetteer, context)
    mentions = [m for c in candidates if (m := _resolve(c, choose(c), context, gazetteer, text, title))]
    resolved = {m.id: m for m in mentions if m.id is not None}
    _more_context(context, resolved, gazetteer)
    taken = {(m.field, m.start) for m in mentions}
    for candidate in [*leftovers, *(c for c in candidates if (c.run.where, c.start) not in taken)]:
        if mention := _unlisted(candidate, context, mentions, gazetteer, text, title):
            mentions.append(mention)
    mentions.sort(key=lambda m: (m.field != "title", m.start))
    likeliest = context.likeliest(1)
    return Places(mentions, likeliest[0] if likeliest else None, dict(context.countries))


# ---------------------------------------------------------------- reading the words around a name


def _read_run(
    run: Run, known: dict[str, tuple[tuple[int, bool], ...]], gazetteer: Gazetteer, candidates: list[_Candidate],
    leftovers: list[_Candidate], hints: Context,
) -> None:  # fmt: skip
    lexicon, demonyms = words(), _demonyms()
    i, free = 0, 0
    while i < len(run.words):
        for j, key in run.stretches[i]:
            country = demonyms.get(key)
            if key in lexicon.national:
                hints.countries[lexicon.national[key]] += 0.7
            if country and key not in ("saudi",):
                hints.countries[country] += 0.5
                _leave(run, free, i, leftovers)
                i = free = j
                break
            if key in known and not (j == i + 1 and key in lexicon.never) and not _is_piece(run, free, i, j, known, gazetteer):
                _leave(run, free, i, leftovers)
                candidates.append(_candidate(run, i, j, known[key], known, gazetteer))
                i = free = j
                break
        else:
            word = run.words[i]
            if word.key.endswith("s") and (held := known.get(word.key[:-1])) and _is_large(held, gazetteer):
                # "Syrias", of a feed that lost the apostrophe
                word.key, word.end, word.text = word.key[:-1], word.end - 1, word.text[:-1]
                run.stretch()
                continue
            breaks = word.key in lexicon.never or word.key in lexicon.relations
            if breaks and not (word.key in lexicon.openers and i + 1 < len(run.words)):
                _leave(run, free, i, leftovers)
                free = i + 1
            i += 1
    _leave(run, free, len(run.words), leftovers)


def _is_piece(
    run: Run, free: int, i: int, j: int, known: dict[str, tuple[tuple[int, bool], ...]], gazetteer: Gazetteer
) -> bool:
    """Whether a small place's name is only part of a longer one: ``Ain`` of ``Ain Larouz``."""
    if run.titled or _is_large(known[" ".join(word.key for word in run.words[i:j])], gazetteer):
        return False
    lexicon = words()
    if free < i and any(word.key not in lexicon.never for word in run.words[free:i]):
        return run.words[i - 1].key not in lexicon.types
    after = run.words[j].key if j < len(run.words) else ""
    if not after or _says_nothing(after, lexicon) or after in lexicon.organisations or after in _demonyms():
        return False
    return not any(key in known for _, key in run.stretches[j])


def _lost_apostrophes(found_runs: list[Run]) -> set[str]:
    return {w.key[:-1] for run in found_runs for w in run.words if len(w.key) > 5 and w.key.endswith("s")}


def _is_large(held: tuple[tuple[int, bool], ...], gazetteer: Gazetteer) -> bool:
    return any(e.kind in ("country", "admin1", "region") or e.population > 500_000 for e in gazetteer.entries([held[0][0]]))


def _leave(run: Run, i: int, j: int, leftovers: list[_Candidate]) -> None:
    if i < j:
        relation, wanted, evidence = _evidence(run, i, j)
        leftovers.append(_Candidate(run, i, j, (), relation, wanted, evidence))


def _candidate(
    run: Run, i: int, j: int, held: tuple[tuple[int, bool], ...], known: dict[str, tuple[tuple[int, bool], ...]],
    gazetteer: Gazetteer,
) -> _Candidate:  # fmt: skip
    relation, wanted, evidence = _evidence(run, i, j)
    parents: frozenset[int] = frozenset()
    if j == len(run.words) and (apposition := _COMMA.match(run.comma)):
        raw = apposition.group(1) or apposition.group(2)
        short = raw.split()[0].rstrip(",")
        state = words().states.get(short) or words().states.get(short.rstrip("."))
        name = fold(state) if state else fold(raw)
        above = known.get(name) or (gazetteer.lookup([name]).get(name) if state or apposition.group(2) else None)
        if above:
            entries = gazetteer.entries(ident for ident, _ in above[:8])
            parents = frozenset(
                e.id for e in entries if e.kind in ("country", "admin1", "region") and (not state or e.country == "USA")
            )
            if parents:
                evidence += 3.0 if any(_inside(gazetteer, parents, ident) for ident, _ in held) else 0.0
    return _Candidate(run, i, j, held, relation, wanted, evidence, parents)


def _inside(gazetteer: Gazetteer, parents: frozenset[int], ident: int) -> bool:
    return bool(parents & gazetteer.ancestors(ident))


def _evidence(run: Run, i: int, j: int) -> tuple[str, str, float]:
    """Relation, kind asked for, and how much the words around speak for a place."""
    lexicon = words()
    second, last, after, after2 = neighbours(run, i, j)
    left, right = adjoining(run, i, j)
    relation, wanted, evidence = "", "", 0.0
    if last == "of" and second in lexicon.types:
        wanted, relation, evidence = lexicon.types[second], "in", 3.0
    elif last in ("of", "from") and (second in lexicon.directions or second in _DISTANCES):
        relation, evidence = "near", 2.5
    elif last == "of" and second in lexicon.edges_of:
        relation, evidence = "in", 2.0
    elif last in lexicon.types:
        wanted, relation, evidence = lexicon.types[last], "in", 2.5
    elif last in lexicon.relations:
        relation = lexicon.relations[last]
        evidence = _WEIGHTS.get(relation, 0.7)
        if relation == "on":
            evidence = 2.5 if second in lexicon.incidents or second in ("the", "an", "a") else 1.2
        relation = "in" if relation in ("hit", "on") else relation
    elif last in lexicon.directions or last.endswith(("-held", "-controlled")):
        relation, evidence = "in", 2.0
    elif last == "the" and second in lexicon.relations:
        relation, evidence = lexicon.relations[second], 0.8
        relation = "in" if relation in ("hit", "on") else relation
    elif last == ",":
        evidence = 0.7
    if j - i > 1 and (ends := [run.words[k].key for k in (j - 1, i) if run.words[k].key in lexicon.types]):  # "White Township"
        wanted = wanted or lexicon.types[ends[0]]
        evidence += 1.5
    if after in lexicon.types and after not in lexicon.plural and run.tail == "":
        wanted = wanted or lexicon.types[after]
        evidence += 2.0
        relation = relation or "in"
    elif after2 in lexicon.types and after in ("refugee", "border", "military", "air", "oil", "gas", "international", "bus", "railway"):
        wanted = wanted or "site"
        evidence += 2.0
        relation = relation or "in"
    elif run.where == "title" and after in lexicon.incidents:
        evidence += 2.5 if run.opens else 1.5
        relation = relation or "in"
    elif after in lexicon.attached or after[:2].isdigit():
        evidence += 1.5
    if left in lexicon.titles and left not in lexicon.openers:
        evidence -= 4.0
    elif left and not _says_nothing(left, lexicon):
        evidence -= 0.7 if run.titled else 2.0
    following = [word.key for word in run.words[j : j + 4]]
    if any(word in lexicon.publications for word in following[:3]):
        evidence -= 3.0
    elif right and any(w in lexicon.organisations for w in following) and all(w in lexicon.between or w in lexicon.organisations for w in following[:1]):
        relation = "org"
    elif right and not _says_nothing(right, lexicon):
        evidence -= 0.5 if run.titled else 2.0
    elif not right and after in lexicon.agents and relation in ("", "of") and not run.titled:
        relation = "agent"
    elif not right and after in lexicon.organisations and relation in ("", "of"):
        relation = "org"
    if run.tail and j == len(run.words) and run.tail not in ("e", "i"):
        relation, evidence = "org", evidence - 1.0
    return relation, wanted, evidence


def _says_nothing(word: str, lexicon: Words) -> bool:
    return word in lexicon.relations or word in lexicon.types or word in lexicon.never or word in lexicon.directions


# ---------------------------------------------------------------- the article as context


class _Chooser:
    """The best sense of a name under one context, remembered: an article says the same names again and again."""

    def __init__(self, gazetteer: Gazetteer, context: Context) -> None:
        self._gazetteer, self._context = gazetteer, context
        self._chosen: dict[tuple[str, str, frozenset[int]], tuple[Entry, float, float] | None] = {}

    def __call__(self, candidate: _Candidate) -> tuple[Entry, float, float] | None:
        asked = (candidate.key, candidate.wanted, candidate.parents)
        if asked not in self._chosen:
            self._chosen[asked] = place_senses.best(
                self._gazetteer, candidate.held, self._context, candidate.wanted, candidate.parents, candidate.key
            )
        return self._chosen[asked]


def _context(candidates: list[_Candidate], hints: Context, gazetteer: Gazetteer) -> Context:
    """Countries by what is certain enough without context: their names, provinces, large towns, "X, Syria"."""
    context = Context(hints.countries.copy(), cells=hints.cells)
    choose = _Chooser(gazetteer, hints)
    for candidate in candidates:
        chosen = choose(candidate)
        if chosen is None or chosen[0].country is None:
            continue
        entry, value, lead = chosen
        weight = 2.0 if candidate.run.where == "title" else 1.0
        if entry.kind == "country":
            weight *= 1.0 if candidate.relation not in ("agent", "org") else 0.5
        elif candidate.parents:
            weight *= 1.0
        elif entry.kind == "city" and entry.population < 100_000:  # a namesake's vote would be for itself
            continue
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
        context.countries[entry.country] += weight
        if entry.kind == "admin1" and candidate.relation != "org":
            context.provinces[entry.id] += 1
        elif entry.admin1 is not None and candidate.parents:
            context.provinces[entry.admin1] += 1
        if entry.lat is not None and entry.lon is not None and lead >= 3.0 and entry.kind in ("city", "admin1"):
            context.add_spot(entry.lat, entry.lon)
    context.settle()
    return context


def _more_context(context: Context, resolved: dict[int | None, PlaceMention], gazetteer: Gazetteer) -> None:
    for ident in resolved:
        entry = gazetteer.entry(ident) if ident is not None else None
        if entry is not None and entry.admin1 is not None:
            context.provinces[entry.admin1] += 1


# ---------------------------------------------------------------- deciding


def _raw(candidate: _Candidate, text: str, title: str) -> str:
    return (title if candidate.run.where == "title" else text)[candidate.start : candidate.end]


def _resolve(
    candidate: _Candidate, chosen: tuple[Entry, float, float] | None, context: Context, gazetteer: Gazetteer, text: str, title: str
) -> PlaceMention | None:  # fmt: skip
    lexicon = words()
    if chosen is None:
        return None
    entry, value, lead = chosen
    strength = candidate.evidence + min(value, 5.0) * 0.8 - 0.8
    if candidate.j == candidate.i + 1:
        if candidate.key in lexicon.persons and entry.kind != "country":
            strength -= 1.5
        if candidate.run.opens and candidate.i == 0 and entry.population < 100_000 and entry.kind == "city":
            strength -= 1.0
    unique = lead > 5.0 and candidate.j - candidate.i > 1
    if not candidate.parents and not unique and place_senses.far_off(entry, context):
        return None
    if candidate.run.where == "title" and entry.kind == "city" and entry.population > 100_000:
        strength += 0.4
    if candidate.dateline:
        strength += 3.0
    if strength < (_ACCEPTED if candidate.relation != "org" else _ACCEPTED_IN_NAMES):
        return None
    return _mention(candidate, entry, strength, gazetteer, _raw(candidate, text, title))


def _mention(candidate: _Candidate, entry: Entry, strength: float, gazetteer: Gazetteer, raw: str) -> PlaceMention:
    province = gazetteer.entry(entry.admin1) if entry.admin1 is not None else None
    precision = _PRECISIONS.get(entry.kind, "exact")
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
    candidate: _Candidate, context: Context, mentions: list[PlaceMention], gazetteer: Gazetteer, text: str, title: str
) -> PlaceMention | None:
    """A name that is no one's, or only a far-off hamlet's: another spelling, or a village that no list has."""
    raw = _raw(candidate, text, title)
    located = candidate.relation in _LOCATIVE and candidate.evidence >= 2.0 and candidate.run.words[candidate.i].text[0].isupper()
    articled = bool(_ARTICLED.match(raw)) and candidate.evidence > 0.5
    if not (located or articled or candidate.dateline) or len(raw) < 3 or (candidate.run.titled and not candidate.dateline) or candidate.j - candidate.i > 5:
        return None
    alike = gazetteer.alike(raw, [c for c in context.likeliest(3) if context.share(c) > 0.15])
    if alike:
        entry = max(
            alike[:6],
            key=lambda pair: (
                pair[1] / 10 + place_senses.score(pair[0], True, context, candidate.wanted, frozenset(), frozenset())
            ),
        )[0]
        return _mention(candidate, entry, candidate.evidence, gazetteer, raw)
    near = _neighbour(candidate, mentions)
    beside = near is not None and 0 <= near.start - candidate.end < 12  # "in X in Latakia", "in X, Iraq"
    if not (candidate.wanted or articled or candidate.dateline or beside or _at_home(candidate, context)):
        return None
    countries = context.likeliest(1)
    country = near.place.country if near else countries[0] if countries else None
    admin1 = near.place.admin1 if near and near.place.country == country else None
    place = Place(
        name=raw, admin1=admin1, country=country, precision="admin1" if admin1 else "country" if country else None
    )
    return PlaceMention(
        field=candidate.run.where, start=candidate.start, end=candidate.end, name=raw, place=place, id=None,
        relation="dateline" if candidate.dateline else candidate.relation, is_dateline=candidate.dateline,
        strength=round(candidate.evidence, 2),
    )  # fmt: skip


def _at_home(candidate: _Candidate, context: Context) -> bool:
    """Whether an unknown name after "in" is probably a village of the one country that the article is about."""
    likeliest = context.likeliest(1)
    if not likeliest or likeliest[0] not in TRANSLITERATED or context.share(likeliest[0]) < 0.5:
        return False
    keys = [word.key for word in candidate.run.words[candidate.i : candidate.j]]
    lexicon = words()
    return (
        len(keys) <= 3 and candidate.run.words[candidate.j - 1].text.isalpha() and not all(w.text.isupper() for w in candidate.run.words)
        and not any(key in lexicon.never or key in lexicon.persons or key in lexicon.organisations or key in lexicon.titles for key in keys)
    )  # fmt: skip


def _neighbour(candidate: _Candidate, mentions: list[PlaceMention]) -> PlaceMention | None:
    """The closest place within two sentences or so that could hold it."""
    near = [
        (abs(m.start - candidate.start), m)
        for m in mentions
        if m.field == candidate.run.where and m.place.country and not m.is_dateline and m.relation not in ("agent", "org")
        and abs(m.start - candidate.start) < 300
    ]  # fmt: skip
    return min(near, key=lambda pair: pair[0])[1] if near else None
