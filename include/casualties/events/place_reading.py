"""Reading names of places out of capitalised runs, with what the words around each say for or against it."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from casualties.events.gazetteer import Gazetteer
from casualties.events.gazetteer.fold import fold
from casualties.events.gazetteer.names import demonyms
from casualties.events.place_senses import Asked, Context, Held
from casualties.events.place_spans import HELD, Run, Words, adjoining, neighbours, words

_COMMA = re.compile(r",[ ]+((?:[A-Z][\w.’'-]*)(?:[ ][A-Z][\w’'-]*){0,3})|[ ]?\((\w[\w .]+)\)")
_APPOSED = re.compile(r",? an? ((?:[a-z-]+ ){0,3}[a-z-]+)")
_AGE = re.compile(r"\d+-year")
_DISTANCES = frozenset(("miles", "km", "kilometers", "kilometres", "outside"))
_WEIGHTS = {"in": 2.5, "near": 2.5, "hit": 1.5, "on": 1.2, "from": 1.5, "to": 1.5, "between": 1.5, "over": 1.0}
_HEAD = 300  # characters at the start, where a dateline may be
_STATED_ABOVE = 3.0  # "Rocky Mount, N.C."


@dataclass(slots=True)
class Candidate:
    """Words i..j of a run that may name a place."""

    run: Run
    i: int
    j: int
    held: Held  # places of that name
    relation: str
    wanted: str  # the kind that a type word asks for
    evidence: float  # from the words around alone
    parents: frozenset[int] = frozenset()  # provinces and countries named right after
    state: int | None = None  # a state of the USA written right after: the name is of a place there, or of none we know
    dateline: bool = False
    beside: bool = False  # right after another place

    @property
    def start(self) -> int:
        return self.run.words[self.i].start

    @property
    def end(self) -> int:
        return self.run.words[self.j - 1].end

    @property
    def key(self) -> str:
        if self.j == self.i + 1:  # most have one word
            return self.run.words[self.i].key
        return " ".join(word.key for word in self.run.words[self.i : self.j])

    @property
    def asked(self) -> Asked:
        return Asked(self.key, self.wanted, self.parents)


@cache
def group_names() -> frozenset[str]:
    """Folded names of armed groups, which often look like those of places: al-Nusra."""
    raw = tomllib.loads((files("casualties.events") / "lexicon" / "actors.toml").read_text(encoding="utf-8"))
    return frozenset(fold(name) for written in raw["groups"].values() for name in written)


@cache
def abbreviations() -> dict[str, str]:
    """ "Fla" and "FL" to the folded name of the state."""
    return {short.replace(".", ""): fold(name) for short, name in words().states.items()}


def _abbreviated(run: Run, i: int) -> str | None:
    """The state that the word stands for; only after a comma, since "Miss", "Mass" and "OR" are other words too."""
    return abbreviations().get(run.words[i].text.replace(".", "")) if i == 0 and run.before[0] == "," else None


@dataclass(slots=True)
class Reader:
    """Candidates of an article: names that the gazetteer has, and capitalised words that it lacks."""

    gazetteer: Gazetteer
    hints: Context  # countries hinted at by words that are no places
    candidates: list[Candidate] = field(default_factory=list)
    leftovers: list[Candidate] = field(default_factory=list)
    surnames: set[str] = field(default_factory=set)  # last words of what look like persons' names
    _known: dict[str, Held] = field(default_factory=dict)
    _apposed: dict[tuple[str, int], bool] = field(default_factory=dict)  # where ", Syria" starts

    def read(self, found_runs: list[Run]) -> None:
        keys = {key for run in found_runs for row in run.stretches for _, key in row}
        # "Syrias", of a feed that lost the apostrophe
        keys |= {w.key[:-1] for run in found_runs for w in run.words if len(w.key) > 5 and w.key.endswith("s")}
        keys |= set(abbreviations().values())
        self._known = self.gazetteer.lookup(keys)
        for run in found_runs:
            self._read_run(run)

    def _read_run(self, run: Run) -> None:
        lexicon, nations = words(), demonyms()
        i, free = 0, 0
        while i < len(run.words):
            taken = 0
            for j, key in () if _abbreviated(run, i) else run.stretches[i]:
                if key in lexicon.national:
                    self.hints.vote(lexicon.national[key], 0.7)
                if key in nations and key != "saudi":
                    self.hints.vote(nations[key], 0.5)
                    taken = j
                elif (
                    key in self._known
                    and not (j == i + 1 and (key in lexicon.never or self._is_direction(run, i)))
                    and not (run.titled and self._is_plain(run, i, j))
                    and not self._is_piece(run, free, i, j)
                ):
                    taken = j
                if taken:
                    break
            if not taken and (state := _abbreviated(run, i)):
                self._leave(run, free, i)
                self.candidates.append(self._candidate(run, i, i + 1, self._known[state]))
                i = free = i + 1
                continue
            if taken:
                self._leave(run, free, i)
                if key not in nations or key == "saudi":
                    self.candidates.append(self._candidate(run, i, taken, self._known[key]))
                i = free = taken
                continue
            word = run.words[i]
            if word.key.endswith("s") and (held := self._known.get(word.key[:-1])) and self.is_large(held):
                word.key, word.end, word.text = word.key[:-1], word.end - 1, word.text[:-1]
                run.stretch()
                continue
            breaks = word.key in lexicon.never or word.key in lexicon.relations
            if breaks and not (word.key in lexicon.openers and i + 1 < len(run.words)):
                closes = word.key in lexicon.types or word.key in lexicon.streets  # "White Township"
                self._leave(run, free, i + 1 if closes and free < i else i)
                free = i + 1
            i += 1
        self._leave(run, free, len(run.words))

    @staticmethod
    def _is_direction(run: Run, i: int) -> bool:
        """ "in Northeastern Aleppo": written with a capital, and no province of that name."""
        return run.words[i].key in words().directions and i + 1 < len(run.words)

    @staticmethod
    def _is_plain(run: Run, i: int, j: int) -> bool:
        """ "Strike Hits Ukrainian Village": a nationality before a common noun, in a headline of capitals."""
        return j > i + 1 and run.words[i].key in demonyms() and run.words[j - 1].key in words().types

    def _is_piece(self, run: Run, free: int, i: int, j: int) -> bool:
        """Whether a small place's name is only part of a longer one: ``Ain`` of ``Ain Larouz``."""
        if j < len(run.words) and run.words[j].key in words().streets:
            return True
        if run.titled or self.is_large(self._known[" ".join(word.key for word in run.words[i:j])]):
            return False
        lexicon = words()
        if free < i and any(word.key not in lexicon.never for word in run.words[free:i]):
            return run.words[i - 1].key not in lexicon.types
        after = run.words[j].key if j < len(run.words) else ""
        if after == "al" and j + 1 < len(run.words):  # "Bab al-Faraj"
            return not any(key in self._known for _, key in run.stretches[j])
        if not after or _says_nothing(after, lexicon) or after in lexicon.organisations or after in demonyms():
            return False
        beside = next((self._known[key] for _, key in run.stretches[j] if key in self._known), ())
        here = self._known[" ".join(word.key for word in run.words[i:j])]
        return not self._countries(here) & self._countries(beside)

    def _countries(self, held: Held) -> set[str | None]:
        return {entry.country for entry in self.gazetteer.entries(ident for ident, _ in held[:20])}

    def is_large(self, held: Held) -> bool:
        return any(
            e.kind in ("country", "admin1", "region") or e.population > 500_000
            for e in self.gazetteer.entries([held[0][0]])
        )

    def _leave(self, run: Run, i: int, j: int) -> None:
        if i > 1 and (run.words[i - 2].key, run.words[i - 1].key) == ("of", "state"):
            return  # "Secretary of State John Roe"
        if i >= j or " ".join(word.key for word in run.words[i:j]) in group_names():
            return
        if j - i > 1 and not run.titled:
            self.surnames.add(run.words[j - 1].key)
        if (
            run.opens
            and i == 0
            and run.words[0].start > _HEAD
            and run.after[0] not in words().types
            and j == len(run.words)
        ):
            return  # the start of a sentence says nothing of what a name is
        beside = self._after_place(run, i)
        candidate = Candidate(run, i, j, (), *judge(run, i, j, beside), beside=beside)
        if j == len(run.words) and (apposition := _COMMA.match(run.comma)):
            candidate.state = self._parents(apposition)[1]
        self._describe(candidate)
        self.leftovers.append(candidate)

    @staticmethod
    def _describe(candidate: Candidate) -> None:
        """Take the kind of a name from what is told right after it: "in X, a farming town near Y"."""
        described = _APPOSED.match(candidate.run.comma) if candidate.j == len(candidate.run.words) else None
        if described is None or candidate.wanted or candidate.relation not in ("in", "near"):
            return
        lexicon = words()
        told = [w for w in described.group(1).split() if w in lexicon.types and w not in lexicon.vague]
        if told:
            candidate.wanted = lexicon.types[told[0]]

    def _after_place(self, run: Run, i: int) -> bool:
        """Whether a place stands right before: ``Syria's Idlib``, ``Homs Damascus road``."""
        last = self.candidates[-1] if self.candidates else None
        return i > 0 and last is not None and last.run is run and last.j == i

    def _candidate(self, run: Run, i: int, j: int, held: Held) -> Candidate:
        beside = self._after_place(run, i)
        relation, wanted, evidence = judge(run, i, j, beside)
        if i and not beside and not run.titled and not _says_nothing(run.words[i - 1].key, words()):
            self.surnames.add(run.words[j - 1].key)
        if i == 0 and (run.where, run.words[0].start) in self._apposed:
            wanted = wanted or "parent"
            evidence += 1.0
        parents: frozenset[int] = frozenset()
        state = None
        if j == len(run.words) and (apposition := _COMMA.match(run.comma)):
            parents, state = self._parents(apposition)
            if parents and any(parents & self.gazetteer.ancestors(ident) for ident, _ in held):
                evidence += _STATED_ABOVE
                self._apposed[run.where, run.words[j - 1].end + max(apposition.start(1), apposition.start(2))] = True
                state = None
        candidate = Candidate(run, i, j, held, relation, wanted, evidence, parents, state, beside=beside)
        if not self.is_large(held):
            self._describe(candidate)
        return candidate

    def _parents(self, apposition: re.Match[str]) -> tuple[frozenset[int], int | None]:
        """Provinces and countries that "X, N.C." or "X, Iraq" or "X (Syria)" names."""
        raw = apposition.group(1) or apposition.group(2)
        short = raw.split()[0].rstrip(",")
        state = words().states.get(short) or words().states.get(short.rstrip("."))
        name = fold(state or raw)
        above = self._known.get(name) or (
            self.gazetteer.lookup([name]).get(name) if state or apposition.group(2) else None
        )
        if not above:
            return frozenset(), None
        entries = self.gazetteer.entries(ident for ident, _ in above[:8])
        parents = [
            e for e in entries if e.kind in ("country", "admin1", "region") and (not state or e.country == "USA")
        ]
        return frozenset(e.id for e in parents), parents[0].id if state and parents else None


# ---------------------------------------------------------------- the words around


def judge(run: Run, i: int, j: int, after_place: bool = False) -> tuple[str, str, float]:
    """Relation, kind asked for, and how much the words around speak for a place."""
    lexicon = words()
    second, last, after, after2 = neighbours(run, i, j)
    relation, wanted, evidence = ("", "", 0.0) if after_place else _judge_before(second, last, lexicon)
    more_relation, more_wanted, more = _judge_after(run, i, j, after, after2, lexicon)
    relation = more_relation if relation == "and" and more_relation else relation or more_relation
    wanted, evidence = wanted or more_wanted, evidence + more
    left, right = adjoining(run, i, j)
    if left in lexicon.titles and left not in lexicon.openers:
        evidence -= 4.0
    elif after_place:
        relation, evidence = relation or "in", evidence + 1.0
    elif left and not _says_nothing(left, lexicon):
        evidence -= 0.7 if run.titled else 2.0
    following = [word.key for word in run.words[j : j + 4]]
    if any(word in lexicon.publications for word in following[:3]):
        evidence -= 3.0
    elif right in lexicon.streets:
        evidence -= 4.0
    elif (
        right
        and any(w in lexicon.organisations for w in following)
        and (right in lexicon.between or right in lexicon.organisations)
    ):
        relation = "org"
    elif right and not _says_nothing(right, lexicon):
        evidence -= 0.5 if run.titled else 2.0
    elif not right and relation in ("", "of"):
        if after in lexicon.agents and not run.titled:
            relation = "agent"
        elif after in lexicon.organisations:
            relation = "org"
    elif not right and relation == "in" and after in lexicon.meetings:
        relation = "meeting"
    if run.tail and j == len(run.words) and run.tail not in ("e", "i"):  # "Damascus-based"
        relation, evidence = "org", evidence - 1.0
    return relation, wanted, evidence


def _judge_before(second: str, last: str, lexicon: Words) -> tuple[str, str, float]:
    if last == "of" and second in lexicon.types:
        return "in", lexicon.types[second], 3.0
    if last in ("of", "from") and (second in lexicon.directions or second in _DISTANCES):
        return "near", "", 2.5
    if last == "of" and second in lexicon.edges_of:
        return "in", "", 2.0
    if last == "of" and second == "block":  # of a street
        return "", "", -4.0
    if last == "to" and second == "according":
        return "agent", "", -1.0
    if last in lexicon.types:
        return "in", lexicon.types[last], 2.5
    if last in HELD and second == "from":
        return "from", "", _WEIGHTS["from"]
    if last in lexicon.relations:
        relation = lexicon.relations[last]
        evidence = _WEIGHTS.get(relation, 0.7)
        if relation == "on" and (second in lexicon.incidents | lexicon.landing or second in ("the", "an", "a")):
            evidence = 2.5
        return ("in" if relation in ("hit", "on") else relation), "", evidence
    if last in lexicon.directions:
        return "in", "", 2.0
    if last.endswith(("-held", "-controlled")):
        return "in", "", 2.0
    if last == "the" and second in lexicon.relations:
        relation = lexicon.relations[second]
        return ("in" if relation in ("hit", "on") else relation), "", 0.8
    return "", "", 0.7 if last == "," else 0.0


def _judge_after(run: Run, i: int, j: int, after: str, after2: str, lexicon: Words) -> tuple[str, str, float]:
    relation, wanted, evidence = "", "", 0.0
    if j - i > 1:  # "White Township", "Mount Sinjar"
        own = next((run.words[k].key for k in (j - 1, i) if run.words[k].key in lexicon.types), None)
        if own:
            wanted, evidence = lexicon.types[own], 1.5
    if after in lexicon.types and after not in lexicon.plural and not run.tail:
        return "in", wanted or lexicon.types[after], evidence + 2.0
    if after2 in lexicon.types and after in lexicon.inner:
        return "in", wanted or lexicon.types[after2], evidence + 2.0
    if run.where == "title" and after in lexicon.incidents:
        return "in", wanted, evidence + (2.5 if run.opens else 1.5)
    if after in lexicon.attached or _AGE.match(after):  # "a Kabul hotel", "Elliston 13-year-old"
        evidence += 1.5
    return relation, wanted, evidence


def _says_nothing(word: str, lexicon: Words) -> bool:
    """Whether a capitalised word beside a name leaves open what the name is."""
    return word in lexicon.relations or word in lexicon.types or word in lexicon.never or word in lexicon.directions
