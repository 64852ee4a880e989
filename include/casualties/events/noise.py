"""Reports that rules alone can tell to be no casualty of an event: deaths without a cause, people set free."""

from functools import cache
from itertools import pairwise

from casualties.events.drafts import Report, value
from casualties.events.hostages import is_recording
from casualties.events.means import find_types, tells_illness
from casualties.events.numbers import quantity_at
from casualties.events.tokens import SHORT_NEWS, Sentence, may_tell, tokenise
from casualties.events.words import FUNCTION, NUMBER, QUANTITY, load, pattern, tables

_OPENING = 8  # sentences in which a means is looked for: what a longer story tells of is an event of its own
_DEATH = frozenset(("die", "died", "dies", "dying", "death", "dead"))
_HANDED = frozenset(("hand", "handed", "handing", "hands"))
_FEW = 5  # hostages whom a story names one by one; of more, some may still be held
BY_FORCE = frozenset(("active", "gerund", "perfect", "present"))  # rules of "killed", where somebody kills
_MISHAPS = frozenset(("accident", "disaster", "other"))
_NEAR = 12  # tokens between a number and "were released"


def leave_out(reports: list[Report], sentences: list[Sentence]) -> list[Report]:
    """The reports without those that are none."""
    if not reports:
        return []
    reports = _without_unexplained(reports, sentences)
    short = len(sentences) <= SHORT_NEWS
    freed, over = _freed(sentences), (_let_go(sentences) or _tells_return(sentences)) if short else 0
    safe = _is_found(sentences) or _is_absent(sentences)
    told = {kind for sentence in sentences[:SHORT_NEWS] for kind in _kinds(sentence)}
    harmless = short and told <= _MISHAPS
    alone = (_tells_suicide(sentences) or _is_alive(sentences)) and all(_is_single(r) for r in reports)
    return [
        r
        for r in reports
        if not (
            alone
            or _is_no_event(r)
            or _is_idle(r, harmless)
            or _is_of(r, freed)
            or (safe and _is_one_missing(r))
            or _is_held(r, over)
        )
    ]


def _kinds(sentence: Sentence) -> set[str]:
    return {kind for _, _, kind, *_ in find_types(tokenise(sentence))}


def _tells_suicide(sentences: list[Sentence]) -> bool:
    """Whether the story opens with one who killed himself, and did not do so to kill others."""
    for sentence in sentences[:3]:
        low = tokenise(sentence).low
        if "accidentally" in low or "accident" in low:
            continue
        for t, word in enumerate(low):
            following = low[t + 1] if t + 1 < len(low) else ""
            if low[t - 1 : t] == ["murder"]:
                return False
            if word in tables().sets["fatal.suicide"] and following not in tables().sets["fatal.suicidal"]:
                return True
            if following in ("himself", "herself") and word in ("kills", "killed", "kill", "killing", "hanged"):
                return True
    return False


def _without_unexplained(reports: list[Report], sentences: list[Sentence]) -> list[Report]:
    """Without one who "dies" or is found dead, and those who die in a hospital, where no means is told at all."""
    unexplained = [r for r in reports if _just_dies(r) or _just_found(r) or _dies_in_care(r)]
    mourned = [r for r in reports if _is_mourned(r)]
    if not (unexplained or mourned) or any(_tells_means(s) for s in sentences[:_OPENING]):
        return reports
    if not any(_is_pursued(s) for s in sentences[:_OPENING]):
        unexplained += mourned
    died = any(_just_dies(r) for r in unexplained)
    return [r for r in reports if not (r in unexplained or (died and _is_single(r) and _tells(r, _DEATH)))]


def _tells_means(sentence: Sentence) -> bool:
    """Whether a means, an attack, or somebody who kills is told."""
    killing, triggers = tables().sets["killed.trans"], tables().triggers
    low = tokenise(sentence).low
    mishap = pattern("fatal.mishaps").search(sentence.text.lower()) is not None
    if find_types(sentence) or mishap or not _deeds().isdisjoint(low):
        return True
    return any(t.lemma in killing for word in low for t in triggers.get(word, ()))


def _is_mourned(report: Report) -> bool:
    """ "The first match since the death of the chairman"."""
    return _is_single(report) and all(m.rule == "nominal" for m in report.mentions) and _tells(report, _DEATH)


def _is_pursued(sentence: Sentence) -> bool:
    """Whether police or a court look into what is told: a death that somebody is held for was no quiet one."""
    return not frozenset(load("deeds")["pursued"]).isdisjoint(tokenise(sentence).low)


@cache
def _deeds() -> frozenset[str]:
    return frozenset(load("deeds")["done"])


def _is_single(report: Report) -> bool:
    return all(m.outcome == "killed" and value(m) == 1 and m.low == m.high for m in report.mentions)


def _tells(report: Report, words: frozenset[str]) -> bool:
    return all(m.sentence.low[m.trigger] in words for m in report.mentions)


def _just_dies(report: Report) -> bool:
    return _is_single(report) and all(m.rule == "died" for m in report.mentions)


def _just_found(report: Report) -> bool:
    few = all(m.outcome == "killed" and value(m) <= 2 for m in report.mentions)
    body = all(m.rule == "bodies" and m.kind in ("one", "some") for m in report.mentions)
    return body or (few and _tells(report, tables().sets["killed.found"]))


def _is_no_event(report: Report) -> bool:
    return _is_generic(report) or _is_kept(report) or _is_by_illness(report)


def _is_idle(report: Report, harmless: bool) -> bool:
    """ "The fire is out and nobody was hurt": that none was harmed is told of attacks alone."""
    none = all(m.kind == "zero" for m in report.mentions)
    return none and (report.type in _MISHAPS or harmless)


def _is_by_illness(report: Report) -> bool:
    """ "Cholera kills 40 as floods recede": an illness does it, whatever else is told."""
    return all(
        m.rule in BY_FORCE and tells_illness(m.sentence, max(0, m.trigger - 3), m.trigger) for m in report.mentions
    )


def _dies_in_care(report: Report) -> bool:
    """ "Fourteen patients dead in a day at a hospital"."""
    low = report.sentence.low
    care = tables().sets["fatal.care"]
    after = range(report.last, min(report.last + _NEAR, len(low)))
    inside = any(low[k] in care and {"in", "at", "of"} & set(low[max(0, k - 3) : k]) for k in after)
    return inside and _tells(report, _DEATH)


def _is_kept(report: Report) -> bool:
    """ "115 bodies found at a funeral home": they did not die there, unless it was hit."""
    text = f" {' '.join(report.sentence.low)} "
    kept = any(f" {place} " in text for place in tables().sets["fatal.undertakers"])
    found = all(m.rule in ("bodies", "bodies of") for m in report.mentions)
    return kept and found and not _tells_means(report.sentence)


def _is_generic(report: Report) -> bool:
    """ "The killing of civilians": what is done, not what happened once."""
    asked = report.sentence.text.rstrip("\"'”’ ").endswith("?")
    return all(m.kind == "some" and (asked or m.rule == "nominal") for m in report.mentions)


def _is_found(sentences: list[Sentence]) -> bool:
    """Whether the story opens with one who was missing and is well."""
    well = tables().sets["missing.well"]
    low = [tokenise(sentence).low for sentence in sentences[:2]]
    return any(b in well and a == "found" for words in low for a, b in pairwise(words))


def _is_absent(sentences: list[Sentence]) -> bool:
    """Whether one is missing "from public life": not seen, not lost."""
    absent = tables().sets["missing.absent"]
    for sentence in sentences[:3]:
        low = tokenise(sentence).low
        for t in (t for t, word in enumerate(low) if word == "missing"):
            if low[t + 1 : t + 2] == ["from"] and not absent.isdisjoint(low[t + 2 : t + 4]):
                return True
    return False


def _is_alive(sentences: list[Sentence]) -> bool:
    """Whether one who was taken for dead turns out to live."""
    text = " ".join(sentence.text.lower() for sentence in sentences[:3])
    return bool(pattern("fatal.taken_for_dead").search(text)) and bool(pattern("fatal.lives_on").search(text))


def _let_go(sentences: list[Sentence]) -> int:
    """How many, at most, the title of short news may tell to be free: "Freed hostage speaks", "release of hostages"."""
    title = sentences[0].text.lower()
    low = tokenise(sentences[0]).low
    held = [k for k, word in enumerate(low) if word in ("hostage", "hostages", "captive", "captives")]
    let_go = any(not _freeing().isdisjoint(low[max(0, k - 4) : k + 2]) for k in held)
    if not let_go or pattern("abducted.wished").search(title):
        return 0
    return _FEW if {"hostages", "captives"} & set(low) else 1


def _tells_return(sentences: list[Sentence]) -> int:
    """1 where a summary tells of one who "was freed", "has been returned home"; no video that was released; else 0."""
    recordings = tables().sets["abducted.recordings"]
    for sentence in sentences:
        text = sentence.text.lower()
        home = pattern("abducted.home").search(text)
        shown = home and home.group().endswith("released") and not recordings.isdisjoint(tokenise(sentence).low)
        if home and not shown and not pattern("abducted.wished").search(text):
            return 1
    return 0


@cache
def _freeing() -> frozenset[str]:
    return frozenset(("release", "rescued", *load("deeds")["freed"]))


def _is_held(report: Report, most: int) -> bool:
    """Whether it tells that up to ``most`` people were taken: not how many are held, nor of others taken since."""
    few = all(m.outcome == "abducted" and m.rule != "hostages" and value(m) <= most for m in report.mentions)
    return few and not any(m.other for m in report.mentions) and not _is_of_this_week(report)


def _is_of_this_week(report: Report) -> bool:
    """ "On Friday rebels abducted four nurses", where nothing says that they are free: hostages are held for longer."""
    low = report.sentence.low
    free = pattern("abducted.home").search(report.sentence.text.lower()) or not _freeing().isdisjoint(low)
    return not free and not load("dates")["weekdays"].keys().isdisjoint(low)


def _is_one_missing(report: Report) -> bool:
    return all(m.outcome == "missing" and value(m) == 1 for m in report.mentions)


def _is_of(report: Report, freed: set[int]) -> bool:
    low, last = report.sentence.low, report.mentions[-1].last
    single = all(m.outcome == "abducted" and value(m) == 1 for m in report.mentions)
    if single and any(not _freeing().isdisjoint(low[max(0, m.first - 3) : m.last]) for m in report.mentions):
        return True  # "the detective who rescued kidnapped girl Ann Roe"
    if single and report.sentence.field == "title" and not {"freed", "released", "rescued"}.isdisjoint(low[last:]):
        return True
    return bool(freed) and all(m.outcome == "abducted" and value(m) in freed for m in report.mentions)


def _freed(sentences: list[Sentence]) -> set[int]:
    """How many are told to have been set free: hostages released are no longer held."""
    free = frozenset(load("deeds")["freed"])
    found: set[int] = set()
    for sentence in sentences[:_OPENING]:
        if not may_tell(sentence.text):
            continue
        low, bits = tokenise(sentence).low, sentence.bits
        for t, word in enumerate(low):
            verb = word == "release" and sentence.headline and t and not bits[t - 1] & FUNCTION
            over = word in _HANDED and low[t + 1 : t + 2] == ["over"]
            if not (verb or over or word in free) or is_recording(sentence, t):
                continue
            before = range(max(0, t - _NEAR), t)
            after = range(t + 1 + over, min(t + 4 + over, len(low)))
            for k in (*before, *after):
                quantity = quantity_at(sentence, k) if bits[k] & (NUMBER | QUANTITY) else None
                if quantity is not None and quantity.low is not None and quantity.low == quantity.high:
                    found.add(quantity.low)
    return found
