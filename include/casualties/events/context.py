"""Where and when of an article's sentences: places and dates found once for the article, asked for by stretch."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from casualties.events.date_rules import vocabulary
from casualties.events.dates import DateMention, find_dates
from casualties.events.drafts import Report
from casualties.events.forest import Forest
from casualties.events.gazetteer import Gazetteer
from casualties.events.names import ActorMention, DenialMention, SourceMention, find_actors, find_denials, find_sources
from casualties.events.places import PlaceMention, Places, read_places
from casualties.events.tellers import acronyms_of
from casualties.events.tokens import Sentence
from casualties.events.words import REPORT, TRIGGER, load, tables

_SPECIFIC = {"exact": 3.0, "near": 2.6, "admin2": 2.2, "admin1": 1.4, "country": 0.0, None: 1.0}
_LONG = 15_000  # characters of a text that is read for actors and sources in stretches only
_HEARD = 7  # words around a day among which a hearing is looked for
_BARE_SINCE = 4  # words of "since 3 May 2014": of more, the rest tells what was done then
_SINCE_WHEN = re.compile(r",? (?:when|in which) [^,;]*$")
_SINCE_DEED = re.compile(r",? (?:(?:when|in which) [^,;]*|(?:killing|leaving|wounding|injuring)\b(?: [\w-]+)*)$")
_CLAUSE = re.compile(r"[;:]|,(?=.*\S)")  # a comma right before the figure's verb opens none: ", killing 90"
_RELATION = {"in": 2.4, "near": 1.8, "between": 1.4, "over": 1.2, "to": 1.0, "of": 0.9, "": 0.9, "from": 0.2}


M = TypeVar("M", DateMention, ActorMention, SourceMention, DenialMention)


PlaceTrees = tuple[tuple[str, ...], Forest]  # names of features, and trees over them


class Where(NamedTuple):
    """A chosen place mention with how well it fitted."""

    mention: PlaceMention
    score: float


_AND = re.compile(r",? (?:and|or) (?:(?:in|on|at|near) )?(?:the )?(?:\w+ (?:of )?)?")  # between two places
_QUARTER = re.compile(r"\s+(?:neighbou?rhood|district|quarter)s?\b", re.IGNORECASE)
_QUARTER_OF = re.compile(r"\b(?:neighbou?rhood|district|quarter)s? of (?:[\w-]+,? (?:and )?){0,6}$", re.IGNORECASE)
_LIST = 80  # characters before a name in which its list begins


@cache
def default_gazetteer() -> Gazetteer:
    return Gazetteer.open()


@dataclass(slots=True)
class Context:
    """Places and dates of one article."""

    places: Places
    by_field: dict[str, list[PlaceMention]]
    dates: dict[str, list[DateMention]]
    actors: dict[str, list[ActorMention]]
    sources: dict[str, list[SourceMention]]
    denials: list[DenialMention]
    gazetteer: Gazetteer
    published: date | None
    length: int
    acronyms: dict[str, str] = field(default_factory=dict)  # that the text explains, with the names they stand for
    story: dict[str, float] = field(default_factory=dict)  # what features say of the whole article, made once
    listed: frozenset[tuple[str, int]] = frozenset()  # unlisted places that "and" joins to the next one
    quarters: dict[tuple[str, int], int] = field(default_factory=dict)  # unlisted quarters, with the town told last
    place_trees: PlaceTrees | None = None  # stand in for the weights file, for an article that those have seen

    @classmethod
    def of(
        cls,
        title: str,
        text: str,
        published: date | None,
        stretches: list[tuple[int, int]] | None = None,
        gazetteer: Gazetteer | None = None,
    ) -> "Context":
        """Everything found once; dates, and of a long text actors and sources, in the given stretches alone."""
        gazetteer = gazetteer or default_gazetteer()
        places = read_places(title, text, gazetteer)
        by_field: dict[str, list[PlaceMention]] = {"title": [], "text": []}
        for mention in places.mentions:
            if not _is_common(mention):
                by_field[mention.field].append(mention)
        told = {"title": title, "text": text}
        parts = [(start, text[start:end]) for start, end in stretches or [(0, len(text))]]
        named = parts if len(text) > _LONG else [(0, text)]
        return cls(
            places=places,
            by_field=by_field,
            dates={
                "title": find_dates(title, published),
                "text": [_moved(m, start) for start, part in parts for m in find_dates(part, published)],
            },
            actors={
                "title": find_actors(title),
                "text": [_moved(m, start) for start, part in named for m in find_actors(part)],
            },
            sources={
                "title": find_sources(title),
                "text": [_moved(m, start) for start, part in named for m in find_sources(part)],
            },
            denials=[*find_denials(title, "title"), *find_denials(text)],
            gazetteer=gazetteer,
            listed=_joined(by_field, told),
            quarters=_quarters(by_field, told, gazetteer),
            published=published,
            length=len(text),
            acronyms=acronyms_of(text),
        )

    def actors_in(self, name: str, start: int, end: int) -> list[ActorMention]:
        return [m for m in self.actors[name] if start <= m.start < end]

    def sources_in(self, name: str, start: int, end: int) -> list[SourceMention]:
        return [m for m in self.sources[name] if start <= m.start < end]

    # ------------------------------------------------------------ places

    def places_in(self, name: str, start: int, end: int) -> list[PlaceMention]:
        listed = self.by_field[name]
        first = bisect_left(listed, start, key=lambda m: m.start)
        found = []
        for mention in listed[first:]:
            if mention.start >= end:
                break
            found.append(mention)
        return found

    def place_of(self, report: Report, whole_sentence: bool = False) -> Where | None:
        """The best place for a report in its stretch of the sentence: located, specific, near."""
        sentence = report.sentence
        start, end = (sentence.start, sentence.end) if whole_sentence else _offsets(sentence, report.begin, report.end)
        anchor = sentence.starts[report.mentions[0].trigger] if sentence.starts else sentence.start
        best: Where | None = None
        told = self.sources_in(sentence.field, sentence.start, sentence.end)
        monitors = load("deeds")["monitors"]
        for mention in self.places_in(sentence.field, start, end):
            before = sentence.text[: mention.start - sentence.start].rstrip().lower()
            if mention.name.lower() in monitors or before.endswith(("border with", "bordering", "borders")):
                continue
            own = bool(sentence.starts) and mention.start == sentence.starts[report.first]  # "in each of A and B"
            relation = "in" if own and mention.relation == "and" else mention.relation
            if relation not in _RELATION or mention.is_dateline or any(s.start <= mention.start < s.end for s in told):
                continue
            distance = abs(mention.start - anchor) / 60
            score = (
                _RELATION[relation]
                + 0.6 * (3.0 if mention.id is None else _SPECIFIC[mention.place.precision])
                - min(distance, 4) * 0.35
            )
            if mention.start < anchor:
                score -= 0.2
            if best is None or score > best.score:
                best = Where(mention, score)
        if best is None:
            return None
        return self._deepest(best, sentence, start, end)

    def _deepest(self, chosen: Where, sentence: Sentence, start: int, end: int) -> Where:
        """A place inside the chosen one that the same stretch names right beside it."""
        current = chosen
        for mention in self.places_in(sentence.field, start, end):
            if (
                mention.relation in _RELATION
                and not mention.is_dateline
                and self.contains(current.mention, mention)
                and abs(mention.start - current.mention.start) < 90
            ):
                current = Where(mention, chosen.score)
        return current

    def offsets(self, sentence: Sentence, begin: int, end: int) -> tuple[int, int]:
        """Field offsets of the tokens begin..end."""
        return _offsets(sentence, begin, end)

    def contains(self, outer: PlaceMention, inner: PlaceMention) -> bool:
        """Whether one place lies in the other; by names of province and country where the gazetteer lacks one."""
        if outer.id is not None and inner.id is not None and self.gazetteer.contains(outer.id, inner.id):
            return True
        if _is_province(inner) and inner.place.precision != "country" and outer.place.precision != "country":
            return False
        if _is_region(outer) and inner.id is not None:
            return False
        if (
            self._is_of_a_province(outer)
            and outer.place.country == inner.place.country
            and inner.place.precision != "country"
        ):
            return inner.place.admin1 is not None and inner.place.admin1 == (
                outer.place.admin1 or outer.place.gazetteer_name
            )
        beside = inner.field == outer.field and inner.start < outer.start < inner.end + 40
        if inner.id is None and beside and (inner.field, inner.start) not in self.listed:
            return outer.relation in ("in", "of", "near")
        if inner.id is None and (town := self.quarters.get((inner.field, inner.start))) is not None:
            return outer.id == town or (outer.id is not None and self.gazetteer.contains(outer.id, town))
        if inner.id is None and outer.place.precision == "country":
            return inner.place.country == outer.place.country
        return False

    def _is_of_a_province(self, mention: PlaceMention) -> bool:
        """Whether a name is a province's, or a town's that is called like it."""
        return _is_province(mention) or (
            mention.id is not None and self.gazetteer.namesake_province(mention.id) is not None
        )

    def is_listed(self, mention: PlaceMention) -> bool:
        """Whether a place is the first of several told together: "the quarters of A and B"."""
        listed = self.by_field[mention.field]
        k = bisect_left(listed, mention.start, key=lambda m: m.start)
        for other in listed[k + 1 : k + 3]:
            gap = other.start - mention.end
            if 0 < gap <= 6 and self.specificity(other) >= 2.2 and not self.contains(other, mention):
                return True
        return False

    def container(self, mention: PlaceMention) -> PlaceMention | None:
        """The narrowest place of the article that holds a place."""
        found = [
            m
            for m in (*self.by_field["title"], *self.by_field["text"])
            if not m.is_dateline and self.contains(m, mention)
        ]
        return max(found, key=self.specificity, default=None)

    def specificity(self, mention: PlaceMention) -> float:
        """How narrow a place is: a village or quarter 3, a town 2.5, a province 1.2, a country 0."""
        if mention.id is None and mention.relation in ("in", "near"):
            return 3.0
        if _is_region(mention):
            return 1.9
        if _is_province(mention):
            return 1.2 if mention.place.precision == "admin1" else 1.4
        return {"exact": 2.5, "near": 2.2, "admin2": 1.8, "admin1": 1.2}.get(mention.place.precision or "", 0.0)

    def same_place(self, a: PlaceMention, b: PlaceMention) -> bool:
        if a.id is not None and a.id == b.id:
            return True
        left, right = a.name.lower(), b.name.lower()
        if left == right or ((a.id is None or b.id is None) and (left in right or right in left)):
            return True
        return (
            a.place.gazetteer_name is not None
            and a.place.gazetteer_name == b.place.gazetteer_name
            and a.place.country == b.place.country
            and {a.place.precision, b.place.precision} <= {"exact", "near", "admin1", "admin2"}
        )

    def related(self, a: PlaceMention, b: PlaceMention) -> bool:
        """Whether two places are one, or one holds the other."""
        return self.same_place(a, b) or self.contains(a, b) or self.contains(b, a)

    # ------------------------------------------------------------ dates

    def dates_in(self, name: str, start: int, end: int) -> list[DateMention]:
        return [m for m in self.dates[name] if start <= m.start < end]

    def date_of(self, report: Report, whole_sentence: bool = False) -> DateMention | None:
        """The date of a report: the nearest of its stretch that does not date a statement."""
        sentence = report.sentence
        start, end = (sentence.start, sentence.end) if whole_sentence else _offsets(sentence, report.begin, report.end)
        anchor = sentence.starts[report.mentions[0].trigger]
        best: tuple[float, DateMention] | None = None
        for mention in self.dates_in(sentence.field, start, end):
            if self.of_statement(sentence, mention) or self.is_printed(sentence, mention):
                continue
            if of_hearing(sentence, mention) or (mention.aftermath and not _follows(sentence, mention, anchor)):
                continue
            distance = abs(mention.start - anchor) + (20 if mention.start < anchor else 0)
            if best is None or distance < best[0]:
                best = (distance, mention)
        return self._of_deed(report, best[1]) if best else None

    def _of_deed(self, report: Report, mention: DateMention) -> DateMention:
        """The day alone of "since 3 May, when a row left 9 dead", "since it raided a town on 3 May, killing 9"."""
        sentence, first = report.sentence, min(report.first, report.mentions[0].trigger)
        words = sentence.text[mention.start - sentence.start : mention.end - sentence.start]
        between = sentence.text[mention.end - sentence.start : sentence.ends[first] - sentence.start]
        opened = _SINCE_WHEN if len(words.split()) <= _BARE_SINCE else _SINCE_DEED
        if mention.kind != "since" or mention.start > sentence.starts[first] or not opened.match(between):
            return mention
        days = find_dates(f"in {words.partition(' ')[2]}", self.published)  # a month is one after "in"
        return replace(mention, kind="point", span=days[0].span) if days else mention

    def is_since(self, sentence: Sentence, mention: DateMention) -> bool:
        """ "the worst since the escalation in late April": the start of something else."""
        k = bisect_left(sentence.starts, mention.start) - 1
        for j in range(k, max(-1, k - 8), -1):
            if sentence.low[j] == "since":
                return True
            if sentence.bits[j] & TRIGGER or sentence.low[j] in (",", ";"):
                return False
        return False

    def is_printed(self, sentence: Sentence, mention: DateMention) -> bool:
        """The paper's own date at the head of the text."""
        if (
            sentence.field != "text"
            or mention.start > 60
            or mention.start - sentence.start > 30
            or mention.end - mention.start < 8
        ):
            return False
        before = sentence.text[: mention.start - sentence.start].lower().split()
        phrase = (mention.span.phrase or "").lower()
        leads = vocabulary()["words"]["before_a_day"]
        return (
            any(c.isdigit() for c in phrase)
            and "[" not in phrase
            and "(" not in phrase
            and not (before and before[-1] in leads)
            and phrase.split()[0] not in leads
        )

    def of_statement(self, sentence: Sentence, mention: DateMention) -> bool:
        """ "... the monitor said on Friday": the day of the telling, not of the event, as "Friday's raid" is."""
        if any(sentence.text[: end - sentence.start].endswith(("'s", "’s")) for end in (mention.end, mention.end + 2)):
            return False
        k = bisect_left(sentence.starts, mention.start) - 1
        steps = 0
        while k >= 0 and steps < 4:
            word, b = sentence.low[k], sentence.bits[k]
            if b & REPORT and word not in ("reports", "report", "estimated"):
                return True
            if b & TRIGGER or word in (",", ";", ".", "in", "at", "that", "near", "for"):
                return False
            k, steps = k - 1, steps + (word not in ("on", "late", "early", "earlier"))
        return False


def of_hearing(sentence: Sentence, mention: DateMention) -> bool:
    """Whether a day is that on which an old deed was judged or remembered: "told an inquest on Tuesday"."""
    if mention.span.precision != "day" or mention.kind != "point":
        return False
    words = vocabulary()["words"]["hearings"]
    first, last = bisect_left(sentence.starts, mention.start), bisect_left(sentence.starts, mention.end)
    return any(
        not sentence.bits[k] & TRIGGER and sentence.low[k] in words
        for steps in (range(first - 1, max(-1, first - _HEARD), -1), range(last, min(last + _HEARD, len(sentence.low))))
        for k in steps
    )


def _follows(sentence: Sentence, mention: DateMention, anchor: int) -> bool:
    """Whether a figure at ``anchor`` stands in the clause that a mention such as "a month after" opens."""
    between = sentence.text[mention.end - sentence.start : max(0, anchor - sentence.start)]
    return anchor > mention.end and not _CLAUSE.search(between)


def _moved(mention: M, by: int) -> M:
    """A mention of a stretch, with its offsets into the whole text."""
    if not by:
        return mention
    changes: dict[str, Any] = {"start": mention.start + by, "end": mention.end + by}
    for name in ("sentence_start", "sentence_end", "anchor"):
        if getattr(mention, name, None) is not None:
            changes[name] = getattr(mention, name) + by
    return replace(mention, **changes)


def _is_common(mention: PlaceMention) -> bool:
    """Whether a place that no gazetteer has is only words of a headline: "Terrorist Rocket", "Clashes"."""
    if mention.id is not None:
        return False
    lexicon = tables()
    words = [word.lower() for word in mention.name.replace("-", " ").split()]
    known = [w in lexicon.bits or w in lexicon.type_words or w in lexicon.cues for w in words]
    return all(known) or (mention.field == "title" and any(known))


def _quarters(
    by_field: dict[str, list[PlaceMention]], told: dict[str, str], gazetteer: Gazetteer
) -> dict[tuple[str, int], int]:
    """For the quarters that no list has, by field and offset, the town told last when they were first called so."""
    found: dict[tuple[str, int], int] = {}
    towns: dict[str, int] = {}
    town: int | None = None
    for name, listed in by_field.items():
        for mention in listed:
            if mention.id is not None:
                entry = gazetteer.entry(mention.id)
                if entry is not None and entry.kind == "city" and mention.relation not in ("agent", "org", "dateline"):
                    town = mention.id
            elif town is not None and (
                _QUARTER.match(told[name], mention.end)
                or _QUARTER_OF.search(told[name], max(0, mention.start - _LIST), mention.start)
            ):
                towns.setdefault(mention.name, town)
            if mention.id is None and mention.name in towns:
                found[name, mention.start] = towns[mention.name]
    return found


def _joined(by_field: dict[str, list[PlaceMention]], told: dict[str, str]) -> frozenset[tuple[str, int]]:
    """The unlisted places that stand in a list with the next one, by field and offset."""
    return frozenset(
        (name, a.start)
        for name, listed in by_field.items()
        for a, b in pairwise(listed)
        if a.id is None and _AND.fullmatch(told[name], a.end, b.start)
    )


def _is_province(mention: PlaceMention) -> bool:
    """A province, or the town that bears its name."""
    place = mention.place
    if place.precision in ("admin1", "admin2"):
        return mention.id is not None
    return mention.id is not None and place.admin1 is not None and place.gazetteer_name == place.admin1


def _is_region(mention: PlaceMention) -> bool:
    """A region within a province, such as a plain or a belt of suburbs."""
    place = mention.place
    return place.precision == "admin1" and place.admin1 not in (None, place.gazetteer_name) and mention.id is not None


def _offsets(sentence: Sentence, begin: int, end: int) -> tuple[int, int]:
    if not sentence.starts:
        return sentence.start, sentence.end
    start = sentence.starts[min(begin, len(sentence.starts) - 1)]
    stop = sentence.ends[min(max(end, begin + 1), len(sentence.ends)) - 1]
    return start, stop
