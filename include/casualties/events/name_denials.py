"""Who denies it: constructions that deny, call untrue, tell what was not done, or turn an accusation round."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from casualties.events.denial_speech import by_counter, by_said, by_undone, mutual_starts
from casualties.events.denial_words import (
    ENDS,
    DenialMention,
    Found,
    clause_from,
    is_undone,
    is_wide,
    said_after,
    said_before,
    sets,
    tells_deed,
)
from casualties.events.name_actors import find_actors
from casualties.events.name_phrases import Phrases, Span
from casualties.events.name_words import Word
from casualties.events.source_words import tables

_SENTENCES = 2  # before a pronoun in which it is looked for whom it stands for
_QUOTES = frozenset(('"', "“", "‘"))
_BACK = 7  # words before a verb of denying in which it is told what is denied
_NAME = 5  # words of a person's name
_NEAR = 5  # words of an object
_SAID = 26  # words between a verb of saying and what is called untrue


@cache
def _starts() -> dict[str, str]:
    """The construction that a word may begin."""
    known = sets()
    found: dict[str, str] = {}
    for kind, words in (
        ("said", (tables().say | known["verbs"]["answer"]) - known["counter"]["turns"]),
        ("counter", known["counter"]["blame"] | known["counter"]["turns"] | mutual_starts()),
        ("plea", known["plea"]["verbs"]),
        ("undone", known["undone"]["openers"]),
        ("untrue", known["untrue"]["words"] | known["untrue"]["true"]),
        ("brand", known["untrue"]["brands"]),
        ("verb", known["verbs"]["deny"] | known["verbs"]["reject"] | known["verbs"]["brush"]),
        ("distance", known["verbs"]["distance"]),
    ):
        found |= dict.fromkeys(words, kind)
    return found | {"issued": "issue", "issues": "issue"}


def find_denials(text: str, field: str = "text") -> list[DenialMention]:
    """Who denies responsibility in a title or text, in order. Linear in its length; never raises."""
    phrases, starts = Phrases(text), _starts()
    found: dict[tuple[int, bool], DenialMention] = {}
    for i in [i for i, word in enumerate(phrases.words) if word.low in starts]:
        for span, more in _READERS[starts[phrases.words[i].low]](phrases, i):
            mention = _mention(phrases, span, more | {"field": field})
            found.setdefault((mention.start, mention.others is None), mention)
    return [found[key] for key in sorted(found)]


def _mention(phrases: Phrases, span: Span, more: dict[str, Any]) -> DenialMention:
    start, end, by = phrases.name(_with_office(phrases, span))
    sentence = phrases.sentence(start)
    named = (
        phrases.name(known) if by.lower() in tables().pronouns and (known := _antecedent(phrases, span[0])) else None
    )
    return DenialMention(
        start=start,
        end=end,
        by=named[2] if named else by,
        named=named[:2] if named else None,
        sentence_start=sentence[0],
        sentence_end=sentence[1],
        **more,
    )


def _with_office(phrases: Phrases, span: Span) -> Span:
    """A person's name with what he is, where that is told beside it: "RSF adviser Jane Doe", "a lawmaker from the
    League, Jane Doe,".
    """
    words, offices = phrases.words, sets()["sides"]["offices"]
    first, last = span
    after = last + 1
    while after + 1 < len(words) and words[after + 1].text[0].isupper() and after - last < _NAME:
        after += 1
    told = after - last > 2 and words[last + 1].text == "," and after + 1 < len(words)
    if told and words[first].text[0].islower() and any(w.low in offices for w in words[first : last + 1]):
        return first, after
    k = first - 1
    while k > 0 and (words[k].text in _QUOTES or words[k].text == "”" or words[k - 1].text in _QUOTES):
        k -= 1
    if words[first].text[0].isupper() and k > 0 and words[k].low in offices and words[k - 1].text[0].isupper():
        return k - 1, last
    return span


def _antecedent(phrases: Phrases, pronoun: int) -> Span | None:
    """Whom "it" or "he" stands for: who the sentence before is about, or who spoke last in it."""
    words, at = phrases.words, phrases.words[pronoun].start
    if said := said_before(phrases, pronoun, _SAID):  # "the council said that it rejects the charge"
        return said[1] if words[said[1][0]].low not in tables().pronouns else None
    for _ in range(_SENTENCES):
        first = phrases.sentence(at)[0]
        if not first:
            return None
        at = phrases.sentence(first - 1)[0]
        k = phrases.at(at)
        opening = phrases.follower(k)
        spoken = [
            span for j in range(k, phrases.at(first)) if words[j].low in tables().say and (span := phrases.subject(j))
        ]
        person = words[pronoun].low in ("he", "she")
        for span in (*spoken[-1:], opening) if person else (opening, *spoken[-1:]):
            told = words[span[0] : span[1] + 1] if span else ()
            if told and told[0].low not in tables().pronouns and _acts(told) and (not person or _is_one(told)):
                return span
    return None


def _is_one(told: Sequence[Word]) -> bool:
    """Whether words may be one person."""
    persons = frozenset(tables().raw["called"]["person"]["by"]) | tables().offices
    return told[-1].text[0].isupper() or any(w.low in persons for w in told)


def _acts(told: Sequence[Word]) -> bool:
    """Whether words may be one who is accused, not a place or a day."""
    return any(w.low in tables().people for w in told) or bool(find_actors(" ".join(w.text for w in told)))


# ---------------------------------------------------------------- verbs of denying


def _by_verb(phrases: Phrases, i: int) -> Iterator[Found]:
    """ "denied it", "denies that Moscow did", "rejected the charge", "a charge that it rejected"."""
    words, known = phrases.words, sets()
    brushed = words[i].low in known["verbs"]["brush"]
    if brushed and not (i + 1 < len(words) and words[i + 1].low in known["verbs"]["brushed"]):
        return
    clause = clause_from(phrases, i + 1 + brushed)
    if clause and clause[0].low == "by":
        span = phrases.follower(i + 2) if _of_a_charge(words, i) else None
        yield from _kept(phrases, span, clause[1:])
    elif not is_undone(words, i):
        span = _denier(phrases, i)
        refuses = brushed or words[i].low in known["verbs"]["reject"]
        if span and (_is_charge(clause, refuses) or _of_a_charge(words, span[0]) or _of_which(words, span[0], clause)):
            yield from _kept(phrases, span, clause)
            yield from _kept(phrases, _as_did(phrases, clause), clause)
    if words[i].low in known["untrue"]["brands"]:
        yield from _by_brand(phrases, i)


def _as_did(phrases: Phrases, clause: Sequence[Word]) -> Span | None:
    """The other of "the army denied it, as did the police"."""
    for one, following in pairwise(clause):
        if one.low in ("as", "so") and following.low in ("did", "has", "have", "does"):
            return phrases.follower(phrases.at(following.start) + 1)
    return None


def _by_distance(phrases: Phrases, i: int) -> Iterator[Found]:
    """ "distanced itself from the killings"."""
    clause = clause_from(phrases, i + 1)
    low = [w.low for w in clause]
    if low[1:2] == ["from"] and tells_deed(low[2:_NEAR]) and not is_undone(phrases.words, i):
        yield from _kept(phrases, phrases.subject(i), clause[2:])


def _denier(phrases: Phrases, i: int) -> Span | None:
    """Who denies: the subject, that of the verb before of "said it was hit and denied it", the quoted of "quoted a
    source as denying it" and "a source quoted by the radio denied it", who speaks after "Denying it,".
    """
    words = phrases.words
    before = words[i - 1].low if i else ""
    if before == "as" and i > 1:
        return phrases.phrase_before(i - 2, phrases.at(phrases.sentence(words[i].start)[0]))
    if words[i].start == phrases.sentence(words[i].start)[0] and words[i].low.endswith("ing"):
        return said_after(phrases, i)
    floor = phrases.at(phrases.sentence(words[i].start)[0])
    denies = sets()["verbs"]["deny"] | sets()["verbs"]["reject"]
    near = range(i - 1, max(floor, i - _SAID), -1)
    if before in ("and", "but") and (k := next((k for k in near if words[k].low in denies), 0)):
        return _denier(phrases, k)  # "denied it and called it a lie"
    span = phrases.subject(i)
    if before in ("and", "but") and (said := said_before(phrases, i, _SAID)):
        return said[1]
    if span is None and before in ("and", "but"):
        return _opening(phrases, i)
    return _quoted(phrases, span) or span if span else None


def _opening(phrases: Phrases, i: int) -> Span | None:
    """Whom the sentence of a verb is about: "the ministry doubts the count and denies it"."""
    words = phrases.words
    span = phrases.follower(phrases.at(phrases.sentence(words[i].start)[0]))
    return span if span and span[1] < i and _acts(words[span[0] : span[1] + 1]) else None


def _quoted(phrases: Phrases, teller: Span) -> Span | None:
    """Who is quoted by a teller, or was reached by him."""
    words, k = phrases.words, teller[0] - 1
    while k > 0 and words[k].low in tables().leads:
        k -= 1
    if k < 2 or words[k].low != "by" or words[k - 1].low not in sets()["verbs"]["quoted"]:
        return None
    return phrases.phrase_before(k - 2, phrases.at(phrases.sentence(words[k].start)[0]))


def _kept(phrases: Phrases, span: Span | None, clause: Sequence[Word], how: str = "denied") -> Iterator[Found]:
    if span is None or any(w.low in sets()["verbs"]["judges"] for w in phrases.words[span[0] : span[1] + 1]):
        return
    if phrases.words[max(0, span[0] - 1)].low in ("no", "neither", "what"):
        return
    said = _told(clause)
    more = {"how": how, "wide": is_wide(clause), "both": "both" in {w.low for w in clause[:2]}, "told": said}
    more["charged"] = any(w.low in sets()["objects"]["charges"] for w in clause[:_NEAR])
    other = phrases.joined(span[0])
    if other is None:
        yield span, more
    elif phrases.words[span[0] - 1].low in sets()["undone"]["owned"]:
        yield (other[0], span[1]), more  # "the president and his government"
    else:
        yield span, more
        yield other, more


def _told(clause: Sequence[Word]) -> tuple[int, int] | None:
    """Offsets of what is denied: nothing for "denied it, adding that Moscow ..."."""
    if not clause or (clause[0].low in sets()["objects"]["bare"] and not _is_that(clause)):
        return None
    for one, following in pairwise(clause):
        if (
            one.low in ("and", "but")
            and following.low.endswith("ed")
            and following.low not in sets()["undone"]["verbs"]
        ):
            return clause[0].start, one.start
        if one.text == "," and (following.low.endswith("ing") or following.low in tables().cuts):
            return clause[0].start, one.start
    return clause[0].start, clause[-1].end


def _is_that(clause: Sequence[Word]) -> bool:
    """Whether "that" begins a clause: "denied that its men had fired", not "denied that on Monday"."""
    return (
        clause[0].low == "that" and len(clause) > 2 and clause[1].low.isalpha() and clause[1].low not in tables().cuts
    )


def _is_charge(clause: Sequence[Word], refuses: bool) -> bool:
    """Whether what follows a verb of denying can be denied."""
    objects = sets()["objects"]
    low = [w.low for w in clause]
    while low and (low[0].endswith("ly") or low[0] in _QUOTES):
        low.pop(0)
    if low[1:2] == ["and"] and low[0] in ("any", "each") and low[2:3] in (["all"], ["every"]):
        low = low[2:]  # "any and all charges"
    if low[1:2] and low[0] in tables().leads and _is_quality(low):
        low = low[:1] + low[low.index("and") + 2 :]
    if not low:
        return False
    if low[0] in objects["bare"] and (
        len(low) == 1 or not low[1].isalpha() or low[1] in tables().cuts - objects["goes_on"]
    ):
        return True
    other = any(w in objects["others"] for w in low[:3]) and low[0] not in objects["charges"]
    charge = next((k for k, w in enumerate(low[:_NEAR]) if w in objects["charges"]), None)
    if not other and charge is not None:  # "denied a report that their leader had fled" denies no deed
        stop = next((k for k, w in enumerate(low) if k > charge and w in (",", "and", "but")), charge + 8)
        said = low[charge + 1 : min(stop, charge + 8)]  # "by a broadcaster that"
        return "that" not in said or tells_deed(low[charge + 1 :])
    if refuses and low[0] in ("any", "all") and not objects["parts"].isdisjoint(low[1:3]):
        return True
    if refuses or other:
        return refuses and low[0] == "that" and tells_deed(low)
    if not objects["plans"].isdisjoint(low[: _NEAR + 3]):
        return False
    if low[0].endswith("ing"):
        return low[0] in objects["doing"] or tells_deed(low[:_NEAR])
    other_verb = (k for k in range(1, len(low)) if low[k - 1] in ("and", "but") and low[k].endswith("ed"))
    return tells_deed(low[: next(other_verb, len(low))])


def _is_quality(low: Sequence[str]) -> bool:
    """ "the wild and malicious charges": whether two qualities stand between an article and a noun."""
    charges = sets()["objects"]["charges"]
    return "and" in low[2:4] and charges.isdisjoint(low[:4]) and not charges.isdisjoint(low[4:6])


def _of_a_charge(words: Sequence[Word], i: int) -> bool:
    """Whether what is denied stands before: "an allegation that the rebels rejected", "a claim denied by the army"."""
    charges = sets()["objects"]["charges"]
    for word in reversed(words[max(0, i - _BACK) : i]):
        if word.text in ENDS:
            return False
        if word.low in charges:
            return True
    return False


def _of_which(words: Sequence[Word], i: int, clause: Sequence[Word]) -> bool:
    """ "police fired at them, which the police deny."."""
    before = next((w.low for w in reversed(words[max(0, i - 3) : i]) if w.low not in tables().leads), "")
    return before == "which" and not (clause and clause[0].low.isalpha())


# ---------------------------------------------------------------- called untrue


def _by_brand(phrases: Phrases, i: int) -> Iterator[Found]:
    """ "called it nonsense", "called the allegation 'a tale of the losers'"."""
    known = sets()
    stop = phrases.sentence(phrases.words[i].start)[1]
    after = [w for w in phrases.words[i + 1 : i + 10] if w.start < stop]
    if after and after[0].low in ("on", "for"):
        return  # "calling on the state to condemn it"
    quoted = next((k for k, w in enumerate(after) if w.text in _QUOTES), 0)
    untrue = any(w.low in known["untrue"]["words"] for w in after)
    if (untrue or any(w.low in known["objects"]["charges"] for w in after[:quoted])) and not is_undone(
        phrases.words, i
    ):
        yield from _kept(phrases, _denier(phrases, i), (), "untrue")


def _by_untrue(phrases: Phrases, i: int) -> Iterator[Found]:
    """ "said that the reports were fabricated", "there was no truth in the tale, a minister said"."""
    words, known = phrases.words, sets()
    floor = phrases.sentence(words[i].start)[0]
    before = [w.low for w in words[max(0, i - 5) : i] if w.start >= floor]
    if words[i].low in known["untrue"]["true"] and "not" not in before[-3:]:
        return
    if words[i].low == "truth" and i + 1 < len(words):
        if not {"no", "any"} & set(before) or words[i + 1].low not in ("in", "to"):
            return
        told = i
    else:
        if not known["untrue"]["is"] & set(before[-4:]):
            return
        claims = known["objects"]["charges"] | known["untrue"]["told"]
        told = next((k for k in range(i - 1, max(-1, i - 14), -1) if words[k].low in claims), -1)
        if told < 0 or words[told].start < floor:
            return
    if any(w.low in known["untrue"]["brands"] | known["verbs"]["reject"] for w in words[told:i]):
        return
    said = said_before(phrases, told, _SAID)
    yield from _kept(phrases, said[1] if said else said_after(phrases, i), (), "untrue")


def _by_issue(phrases: Phrases, i: int) -> Iterator[Found]:
    if "denial" in {w.low for w in phrases.words[i + 1 : i + 5]}:
        yield from _kept(phrases, phrases.subject(i), ())


def _by_plea(phrases: Phrases, i: int) -> Iterator[Found]:
    """ "pleaded not guilty", "has always maintained its innocence"."""
    plea = sets()["plea"]
    after = " ".join(w.low for w in phrases.words[i + 1 : i + 5])
    if any(words in after for words in plea["words"]):
        plain = i and phrases.words[i - 1].low in plea["who"]
        if span := (i - 1, i - 1) if plain else phrases.subject(i):
            yield span, {"how": "plea"}
    yield from by_said(phrases, i) if phrases.words[i].low in tables().say else ()


_READERS = {
    "verb": _by_verb,
    "brand": _by_brand,
    "distance": _by_distance,
    "untrue": _by_untrue,
    "issue": _by_issue,
    "plea": _by_plea,
    "undone": by_undone,
    "counter": by_counter,
    "said": by_said,
}
