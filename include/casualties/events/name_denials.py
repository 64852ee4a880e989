"""Who denies it: constructions that deny, call untrue, tell what was not done, or turn an accusation round."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from casualties.events.name_phrases import Phrases, Span, tables
from casualties.events.name_words import Word
from casualties.events.words import load

_QUOTES = frozenset(('"', "“", "‘"))
_ENDS = frozenset((".", ";", "!", "?", "\n"))
_BACK = 7  # words before a verb of denying in which it is told what is denied
_CLAUSE = 14  # words of a clause in which a deed is looked for
_NEAR = 5  # words of an object


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialMention:
    """Who denies, rejects or dismisses responsibility. Offsets are code points, end exclusive."""

    start: int
    end: int
    by: str
    sentence_start: int
    sentence_end: int
    field: str = "text"
    wide: bool = False  # of a whole kind of deed: "denies targeting civilians"
    told: tuple[int, int] | None = None  # the clause of what is denied
    owner: tuple[int, int] | None = None  # who did not, where no pronoun tells it: "Russia" of "Russia did not hit it"
    others: tuple[int, int] | None = None  # of a counter-accusation: where those stand whom it blames
    blames: bool = False  # by a verb of blaming, so that they are blamed whatever they do there


_Found = tuple[Span, dict[str, Any]]


@cache
def _sets() -> dict[str, dict[str, frozenset[str]]]:
    return {
        part: {name: frozenset(words) for name, words in listed.items()} for part, listed in load("denials").items()
    }


@cache
def _starts() -> dict[str, str]:
    """The construction that a word may begin."""
    sets = _sets()
    found: dict[str, str] = {}
    for kind, words in (
        ("said", tables().say - sets["counter"]["turns"]),
        ("counter", sets["counter"]["blame"] | sets["counter"]["turns"] | _first_words("counter", "mutual")),
        ("plea", sets["plea"]["verbs"]),
        ("undone", sets["undone"]["openers"]),
        ("untrue", sets["untrue"]["words"]),
        ("brand", sets["untrue"]["brands"]),
        ("verb", sets["verbs"]["deny"] | sets["verbs"]["reject"]),
    ):
        found |= dict.fromkeys(words, kind)
    return found | {"issued": "issue", "issues": "issue"}


def _first_words(part: str, name: str) -> frozenset[str]:
    return frozenset(words.split()[0] for words in _sets()[part][name])


def find_denials(text: str, field: str = "text") -> list[DenialMention]:
    """Who denies responsibility in a title or text, in order. Linear in its length; never raises."""
    phrases, starts = Phrases(text), _starts()
    found: dict[tuple[int, bool], DenialMention] = {}
    for i, word in enumerate(phrases.words):
        kind = starts.get(word.low)
        if kind is None:
            continue
        for span, more in _READERS[kind](phrases, i):
            mention = _mention(phrases, span, more | {"field": field})
            found.setdefault((mention.start, mention.others is None), mention)
    return [found[key] for key in sorted(found)]


def _mention(phrases: Phrases, span: Span, more: dict[str, Any]) -> DenialMention:
    start, end, by = phrases.name(span)
    sentence = phrases.sentence(start)
    return DenialMention(start=start, end=end, by=by, sentence_start=sentence[0], sentence_end=sentence[1], **more)


# ---------------------------------------------------------------- verbs of denying


def _by_verb(phrases: Phrases, i: int) -> Iterator[_Found]:
    """ "denied it", "denies that Moscow did", "rejected the charge", "a charge that it rejected"."""
    words, sets = phrases.words, _sets()
    clause = _clause(phrases, i + 1)
    if clause and clause[0].low == "by":
        span = phrases.follower(i + 2) if _of_a_charge(words, i) else None
        yield from _kept(phrases, span, clause[1:])
    elif not _is_undone(words, i):
        span = phrases.subject(i)
        refuses = words[i].low in sets["verbs"]["reject"]
        if span and (_is_charge(clause, refuses) or _of_a_charge(words, span[0]) or _of_which(words, span[0], clause)):
            yield from _kept(phrases, span, clause)
    if words[i].low in sets["untrue"]["brands"]:
        yield from _by_brand(phrases, i)


def _kept(phrases: Phrases, span: Span | None, clause: Sequence[Word]) -> Iterator[_Found]:
    if span is None or any(w.low in _sets()["verbs"]["judges"] for w in phrases.words[span[0] : span[1] + 1]):
        return
    if phrases.words[max(0, span[0] - 1)].low in ("no", "neither", "what"):
        return
    wide = any(w.low in _sets()["objects"]["wide"] for w in clause)
    more = {"wide": wide, "told": (clause[0].start, clause[-1].end) if clause else None}
    other = phrases.joined(span[0])
    if other is None:
        yield span, more
    elif phrases.words[span[0] - 1].low in _sets()["undone"]["owned"]:
        yield (other[0], span[1]), more  # "the president and his government"
    else:
        yield span, more
        yield other, more


def _clause(phrases: Phrases, first: int) -> Sequence[Word]:
    """The words from one on to the end of its clause."""
    words = phrases.words
    if first >= len(words):
        return ()
    stop = phrases.sentence(words[first - 1].start)[1]
    last = first
    while last < len(words) and last < first + _CLAUSE and words[last].start < stop and words[last].text not in _ENDS:
        last += 1
    return words[first:last]


def _is_undone(words: Sequence[Word], i: int) -> bool:
    """Whether a verb of denying tells no denial: "was denied", "cannot deny", "neither confirmed nor denied"."""
    verbs = _sets()["verbs"]
    k = i - 1
    while k >= 0 and (words[k].low.endswith("ly") or words[k].low in ("have", "has", "had", "also")):
        k -= 1
    if k < 0:
        return False
    low = words[k].low
    if low == "to":
        return words[k - 1].low not in verbs["keeps"]
    return low in verbs["undoes"] or (low in ("or", "and") and words[k - 1].low.startswith("confirm"))


def _is_charge(clause: Sequence[Word], refuses: bool) -> bool:
    """Whether what follows a verb of denying can be denied."""
    objects = _sets()["objects"]
    low = [w.low for w in clause]
    while low and low[0].endswith("ly"):
        low.pop(0)
    if not low:
        return False
    if low[0] in objects["bare"] and (len(low) == 1 or not low[1].isalpha() or low[1] in tables().cuts):
        return True
    other = any(w in objects["others"] for w in low[:3]) and low[0] not in objects["charges"]
    charge = next((k for k, w in enumerate(low[:_NEAR]) if w in objects["charges"]), None)
    if not other and charge is not None:  # "denied a report that their leader had fled" denies no deed
        return low[charge + 1 : charge + 2] != ["that"] or _tells_deed(low[charge + 1 :])
    if refuses or other:
        return refuses and low[0] == "that" and _tells_deed(low)
    if low[0].endswith("ing"):
        return low[0] in objects["doing"] or _tells_deed(low[:_NEAR])
    return _tells_deed(low)


def _tells_deed(low: Sequence[str]) -> bool:
    sets = _sets()
    return any(
        w in sets["objects"]["deeds"] or w in sets["undone"]["verbs"] or w in sets["objects"]["doing"] for w in low
    )


def _of_a_charge(words: Sequence[Word], i: int) -> bool:
    """Whether what is denied stands before: "an allegation that the rebels rejected", "a claim denied by the army"."""
    charges = _sets()["objects"]["charges"]
    for word in reversed(words[max(0, i - _BACK) : i]):
        if word.text in _ENDS:
            return False
        if word.low in charges:
            return True
    return False


def _of_which(words: Sequence[Word], i: int, clause: Sequence[Word]) -> bool:
    """ "police fired at them, which the police deny."."""
    before = next((w.low for w in reversed(words[max(0, i - 3) : i]) if w.low not in tables().leads), "")
    return before == "which" and not (clause and clause[0].low.isalpha())


# ---------------------------------------------------------------- called untrue


def _by_brand(phrases: Phrases, i: int) -> Iterator[_Found]:
    """ "called it nonsense", "called the allegation 'a tale of the losers'"."""
    sets = _sets()
    stop = phrases.sentence(phrases.words[i].start)[1]
    after = [w for w in phrases.words[i + 1 : i + 10] if w.start < stop]
    quoted = next((k for k, w in enumerate(after) if w.text in _QUOTES), 0)
    untrue = any(w.low in sets["untrue"]["words"] for w in after)
    if (untrue or any(w.low in sets["objects"]["charges"] for w in after[:quoted])) and not _is_undone(
        phrases.words, i
    ):
        yield from _kept(phrases, phrases.subject(i), ())


def _by_untrue(phrases: Phrases, i: int) -> Iterator[_Found]:
    """ "said that the reports were fabricated", "said it was a lie"."""
    words, charges = phrases.words, _sets()["objects"]["charges"]
    floor = phrases.sentence(words[i].start)[0]
    if not any(w.low in ("is", "are", "was", "were", "as", "been") for w in words[max(0, i - 4) : i]):
        return
    told = False
    for k in range(i - 1, max(-1, i - 14), -1):
        if words[k].start < floor or words[k].low in _sets()["untrue"]["brands"]:
            return
        if told and words[k].low in tables().say:
            yield from _kept(phrases, phrases.subject(k), ())
            return
        told = told or words[k].low in charges or words[k].low in ("this", "that", "it", "these", "they")


def _by_issue(phrases: Phrases, i: int) -> Iterator[_Found]:
    if "denial" in {w.low for w in phrases.words[i + 1 : i + 5]}:
        yield from _kept(phrases, phrases.subject(i), ())


def _by_plea(phrases: Phrases, i: int) -> Iterator[_Found]:
    """ "pleaded not guilty", "has always maintained its innocence"."""
    plea = _sets()["plea"]
    after = " ".join(w.low for w in phrases.words[i + 1 : i + 5])
    if any(words in after for words in plea["words"]):
        plain = i and phrases.words[i - 1].low in plea["who"]
        if span := (i - 1, i - 1) if plain else phrases.subject(i):
            yield span, {}
    yield from _by_said(phrases, i) if phrases.words[i].low in tables().say else ()


# ---------------------------------------------------------------- told not to have been done


def _by_undone(phrases: Phrases, i: int) -> Iterator[_Found]:
    """ "said it was not responsible", "said its jets had not flown", "had hit nothing but a depot", and "'We do not
    target homes,' the army said".
    """
    words, sets = phrases.words, _sets()["undone"]
    low = words[i].low
    after = [w.low for w in words[i + 1 : i + 5]]
    phrase = " ".join((low, *after))
    told = any(phrase.startswith(words_) for words_ in sets["phrases"])
    if low == "none":
        undone = "of" in after[:1] and any(w.low in sets["verbs"] for w in words[i + 3 : i + 8])
    else:
        undone = words[max(0, i - 1)].low != "than" and _is_deed(after[:3]) and low in ("not", "never")
        undone = undone and not ({"be", "been"} & set(after[:2]) and set(after[:3]) & sets["suffered"])
    if not (told or undone or (low == "nothing" and i and words[i - 1].low in sets["deeds"])):
        ours = _is_ours(words, i) and bool(sets["ours"] & set(after[:2]))
        if not ours:
            return
    clause = _clause(phrases, i + 1)
    wide = any(w.low in _sets()["objects"]["wide"] for w in clause)
    floor, stop = phrases.sentence(words[i].start)
    for k in range(i - 1, max(-1, i - 14), -1):
        if words[k].start < floor or words[k].low == "if":
            break
        if words[k].low in tables().say and (span := phrases.subject(k)):
            owner = _owner(phrases, span, k, i)
            if owner is not None:
                yield span, {"wide": wide, "owner": owner or None}
            return
    if _is_ours(words, i):
        for k in range(i + 1, min(i + 30, len(words))):
            if words[k].start >= stop:
                break
            if words[k].low in tables().say:
                if span := phrases.inverted(k) or phrases.subject(k):
                    yield span, {"wide": wide}
                return


def _is_deed(after: Sequence[str]) -> bool:
    sets = _sets()["undone"]
    pairs = {f"{a} {b}" for a, b in pairwise(after)}
    return any(w in sets["verbs"] for w in after) or bool(pairs & sets["pairs"])


def _is_ours(words: Sequence[Word], i: int) -> bool:
    return bool({"we", "our"} & {w.low for w in words[max(0, i - 4) : i]})


def _owner(phrases: Phrases, speaker: Span, said: int, i: int) -> tuple[int, int] | tuple[()] | None:
    """Who did not, of "the army said that its planes had not": () for the speaker himself, an offset span for a name,
    None for somebody else.
    """
    words, sets = phrases.words, _sets()["undone"]
    if words[i].low in ("no", "none", "nothing", "nowhere") and i - said <= 2:  # "said none of its jets flew"
        owned = {w.low for w in words[i + 2 : i + 3]} & sets["owned"]
        return () if words[i].low != "none" or owned else None
    skipped = sets["between"] | sets["deeds"]
    k = i - 1
    while k > said and (words[k].low in skipped or words[k].low.endswith("ly")):
        k -= 1
    if not said < k <= said + _NEAR:
        return None
    told = words[speaker[0] : speaker[1] + 1]
    single = speaker[0] == speaker[1] and told[0].low in ("he", "she")
    person = single or (len(told) > 1 and all(w.text[0].isupper() for w in told))
    low = words[k].low
    if low in sets["own"] or low in sets["self"]:
        theirs = low == "they" and told[-1].low in tables().raw["called"]["person"]["by"]
        return () if (low in sets["self"]) == person and not theirs else None
    near = words[max(said + 1, k - 3) : k + 1]
    if owned := {w.low for w in near} & sets["owned"]:
        return () if person or not owned & {"his", "her"} else None
    named = {w.low for w in words[speaker[0] : speaker[1] + 1]} & {w.low for w in near} - tables().leads
    if named:
        return ()
    return near[0].start, near[-1].end


# ---------------------------------------------------------------- counter-accusations


def _by_counter(phrases: Phrases, i: int) -> Iterator[_Found]:
    """ "blamed the rebels", "accused the rebels of the attack", "pointed the finger at"; "traded blame"."""
    words, sets = phrases.words, _sets()["counter"]
    clause = _clause(phrases, i + 1)
    low = words[i].low
    after = [w.low for w in clause]
    if any(" ".join((low, *after[:2])).startswith(pair) for pair in sets["mutual"]):
        span = phrases.subject(i)
        for one in (span, phrases.joined(span[0]) if span else None):
            if one:
                yield one, {"others": phrases.sentence(words[i].start), "blames": True}
        return
    if not clause or after[0] in ("by", "of", "for") or (_is_undone(words, i) and words[i - 1].low != "to"):
        return
    if low in sets["turns"] and not set(after[:6]) & sets["turned"]:  # "pointed to"
        return
    if after[0] == "on" and "which" not in {w.low for w in words[max(0, i - 5) : i]}:
        return  # "a bomb blamed on the rebels"
    if low.startswith("accus") and not _tells_deed(after):
        return
    span = phrases.subject(i) if not low.endswith("ing") else _speaker_before(phrases, i)
    if span:
        yield span, {"others": (clause[0].start, clause[-1].end), "blames": True}


def _speaker_before(phrases: Phrases, i: int) -> Span | None:
    """Who says it: "the army denied it, blaming rebels"."""
    words, starts = phrases.words, _starts()
    floor = phrases.sentence(words[i].start)[0]
    for k in range(i - 1, max(-1, i - 24), -1):
        if words[k].start < floor:
            break
        if starts.get(words[k].low) in ("said", "verb", "brand") and (span := phrases.subject(k)):
            return span
    return None


def _by_said(phrases: Phrases, i: int) -> Iterator[_Found]:
    """ "said that the rebels had fired it", "said the rebels were behind it"."""
    sets = _sets()["counter"]
    clause = _clause(phrases, i + 1)
    if not clause or clause[0].low in _sets()["undone"]["own"]:
        return
    for k, word in enumerate(clause):
        known = word.low in sets["done"] and any(w.low in sets["known"] for w in clause[k + 1 : k + 3])
        if (known and k > 0) or word.low in sets["did"]:
            if any(w.low in ("not", "never") for w in clause[:k]):
                return
            if span := phrases.subject(i):
                yield span, {"others": (clause[0].start, clause[-1].end)}
            return


_READERS = {
    "verb": _by_verb,
    "brand": _by_brand,
    "untrue": _by_untrue,
    "issue": _by_issue,
    "plea": _by_plea,
    "undone": _by_undone,
    "counter": _by_counter,
    "said": _by_said,
}
