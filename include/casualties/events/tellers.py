"""The tellers of an article: each source once, whatever words it is called by."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from casualties.events.gazetteer.names import lexicon as place_names
from casualties.events.name_sources import SourceMention
from casualties.events.source_words import tables
from casualties.events.tokens import Sentence

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ACRONYM = re.compile(
    r"((?:[A-Z][\w'’-]+ (?:(?:of|for|the|and|on|in) )*){1,6}[A-Z][\w'’-]+),? \((?:the )?([A-Z]{2,7})\)"
)
_IN_BRACKETS = re.compile(r"\((?:the )?[A-Z]{2,7}\)")
_LEAD = re.compile(r"^(?:[A-Z][\w.]*-based|official(?! (?:at|in|of|from|with|for))) ")
_SMALL = frozenset(("of", "for", "the", "and", "on", "in", "at", "a", "an", "s"))


@dataclass(slots=True)
class Telling:
    """One attribution: a mention, the sentence that it stands in (0 is the title)."""

    mention: SourceMention
    sentence: int


@dataclass(slots=True)
class Teller:
    """One who tells something in an article, with all places where it does."""

    name: str
    words: frozenset[str]
    tellings: list[Telling] = field(default_factory=list)
    called: bool = False  # only by words such as "the group"

    @property
    def at(self) -> list[int]:
        """The sentences in which it tells."""
        return [t.sentence for t in self.tellings]

    @property
    def relay(self) -> bool:
        return all(t.mention.relay for t in self.tellings)

    @property
    def named(self) -> bool:
        return any(t.mention.named for t in self.tellings)


def words_of(name: str) -> frozenset[str]:
    """What tells one source from another: without articles, "Britain-based" and the possessive."""
    found = []
    for word in _WORD.findall(name.lower().replace("’", "'")):
        word = word.removesuffix("'s").removesuffix("'")
        if word not in _SMALL and not word.endswith("-based"):
            found.append("television" if word == "tv" else word)
    return frozenset(found)


@cache
def _organisations() -> dict[str, list[tuple[frozenset[str], str]]]:
    """Known bodies: a word of one of their names -> all its words, and the name that they are given."""
    found: dict[str, list[tuple[frozenset[str], str]]] = {}
    for name, written in tables().raw["organisations"].items():
        for form in (name, *written):
            words = words_of(form)
            for word in words:
                found.setdefault(word, []).append((words, name))
    return found


def acronyms_of(text: str) -> dict[str, str]:
    """Acronyms that a text explains: "the Doctors Association (IDA)"."""
    if not _IN_BRACKETS.search(text):  # in most texts; looking for names before them is slow
        return {}
    return {short: full for full, short in _ACRONYM.findall(text) if _initials(full, short)}


def tellers_of(
    sources: Mapping[str, list[SourceMention]], sentences: Sequence[Sentence], acronyms: Mapping[str, str]
) -> list[Teller]:
    """All tellers, in the order in which they first speak: the title, then the text."""
    starts = [s.start for s in sentences if s.field == "text"]
    tellings = [Telling(m, 0) for m in sources["title"]]
    tellings += [Telling(m, max(1, bisect_right(starts, m.start))) for m in sources["text"]]
    tellers: list[Teller] = []
    later: list[Telling] = []
    for telling in tellings:
        name, words = _named(telling.mention.name, acronyms)
        if name not in tables().raw["organisations"] and _calls(telling.mention.name, words):
            later.append(telling)
            continue
        _add(tellers, name, words, telling)
    proper = _proper(tellings)
    for telling in [t for t in later if t.mention.name in proper]:
        words = words_of(telling.mention.name)
        if not any(words <= t.words for t in tellers):
            _add(tellers, telling.mention.name, words, telling)
            later.remove(telling)
    for telling in later:
        _give(tellers, telling)
    for teller in tellers:
        if teller.name in tables().raw["organisations"]:
            teller.name = _as_told(teller)
    tellers.sort(key=lambda t: (t.tellings[0].sentence, t.tellings[0].mention.start))
    return tellers


def _as_told(teller: Teller) -> str:
    """The name of a known body; where the article has only its acronym, that."""
    told = [t.mention.name for t in teller.tellings]
    short = [name for name in told if name.isupper()]
    return short[0] if short and not any(" " in name for name in told) else teller.name


def _proper(tellings: Sequence[Telling]) -> set[str]:
    """Names of one word that may only call somebody, but have a capital within a sentence: "the Observatory"."""
    within = [t.mention for t in tellings if t.sentence and t.mention.start > t.mention.sentence_start + 5]
    return {m.name for m in within if m.name[0].isupper() and m.name.isalpha() and not m.name.isupper()}


def _initials(full: str, short: str) -> bool:
    first = "".join(word[0] for word in re.findall(r"[A-Z][\w'’-]+", full))
    return first.endswith(short) or short in first


def _named(name: str, acronyms: Mapping[str, str]) -> tuple[str, frozenset[str]]:
    """The name that a source is given, and its words: that of a known body, or of the acronym it goes by."""
    words = words_of(name)
    for word in words:
        for known, official in _organisations().get(word, ()):
            if known <= words:
                return official, words_of(official)
    full = acronyms.get(name)
    if full is not None:
        return full, words_of(full)
    return _LEAD.sub("", name), words


def _calls(name: str, words: frozenset[str]) -> bool:
    """Whether the words only call somebody something: "the monitoring group", "the Observatory"."""
    lexicon = tables()
    called = lexicon.calling & words
    if "'s " in name or "’s " in name:  # "the governor's office"
        return False
    plain = all(w in called or w in lexicon.qualifiers or w in _nations() for w in words)
    return bool(called) and plain and (len(words) == 1 or any(word in name for word in called))


@cache
def _nations() -> frozenset[str]:
    return frozenset(
        word
        for kind in ("demonyms", "countries")
        for names in place_names()[kind].values()
        for name in names
        for word in words_of(name)
    )


def _add(tellers: list[Teller], name: str, words: frozenset[str], telling: Telling) -> None:
    for teller in tellers:
        both = teller.words & words
        if teller.words == words or (
            (both == words or both == teller.words) and not both <= tables().people | tables().qualifiers
        ):
            if len(words) > len(teller.words):
                teller.name, teller.words = name, words
            teller.tellings.append(telling)
            return
    tellers.append(Teller(name, words, [telling]))


def _give(tellers: list[Teller], telling: Telling) -> None:
    """Give "the group said" to the one of that kind told last before it, or to the first told after it."""
    words = words_of(telling.mention.name)
    wanted = [kind for kind, called in tables().raw["called"].items() if words & set(called["by"])]
    best: tuple[float, Teller] | None = None
    for teller in tellers:
        if teller.called or not any(_is_of(teller, kind, words) for kind in wanted):
            continue
        for other in teller.tellings:
            gap = telling.mention.start - other.mention.start if telling.sentence and other.sentence else 0
            distance = gap if gap >= 0 else 5000 - gap
            if not telling.sentence:  # of the title: who tells most
                distance = -len(teller.tellings)
            if best is None or distance < best[0]:
                best = distance, teller
    if best is not None:
        best[1].tellings.append(telling)
        best[1].tellings.sort(key=lambda t: (t.sentence, t.mention.start))
        return
    for teller in tellers:
        if teller.words == words:
            teller.tellings.append(telling)
            return
    tellers.append(Teller(telling.mention.name, words, [telling], called=True))


def _is_of(teller: Teller, kind: str, words: frozenset[str]) -> bool:
    """Whether a teller is of a kind and may be called by some words: "the mayor" is no governor."""
    lexicon = tables()
    if not teller.words & set(lexicon.raw["called"][kind]["names"]):
        return False
    if kind == "person" and not words & teller.words:
        return False
    told = words - lexicon.calling - frozenset(lexicon.raw["nouns"]["vague"]) - _nations()
    return told <= teller.words
