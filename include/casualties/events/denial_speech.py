"""Denials by what somebody says: that his side did not do it, or that another side did."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from casualties.events.denial_words import (
    Found,
    clause_from,
    is_undone,
    is_wide,
    said_after,
    said_before,
    sets,
    tells_deed,
)
from casualties.events.name_phrases import Phrases, Span
from casualties.events.name_words import Word
from casualties.events.source_words import tables

_WHOSE = 4  # words before what was not done in which it is told who did not
_SAID = 26  # words between a verb of saying and what was not done

# ---------------------------------------------------------------- told not to have been done


def by_undone(phrases: Phrases, i: int) -> Iterator[Found]:
    """ "said it was not responsible", "said its jets had flown no sorties", "had hit nothing but a depot", and "'We do
    not target homes,' the army said".
    """
    words = phrases.words
    ours = _is_ours(words, i)
    if not (_tells_undone(words, i) or (ours and (sets()["undone"]["ours"] | {"us"}) & _low(words, i + 1, 2))):
        return
    more = {"how": "undone", "wide": is_wide(clause_from(phrases, i + 1))}
    if said := said_before(phrases, i, _SAID):
        owner = _owner(phrases, said[1], said[0], i)
        if owner is not None:
            yield said[1], more | {"owner": owner or None}
    elif not (i and words[i - 1].low in sets()["undone"]["deeds"]) and (span := said_after(phrases, i)):
        whose = words[max(0, i - _WHOSE) : i]
        if ours or _low(words, i + 1, 1) & {"such"}:
            yield span, more
        elif whose:
            yield span, more | {"owner": (whose[0].start, whose[-1].end)}


def _low(words: Sequence[Word], first: int, number: int) -> set[str]:
    return {w.low for w in words[first : first + number]}


def _tells_undone(words: Sequence[Word], i: int) -> bool:
    undone = sets()["undone"]
    low = words[i].low
    after = [w.low for w in words[i + 1 : i + 6]]
    phrase = " ".join((low, *after[:4]))
    if any(phrase.startswith(told) for told in undone["phrases"]):
        return True
    if low == "none":
        return "of" in after[:1] and any(w.low in undone["verbs"] for w in words[i + 3 : i + 8])
    if low == "nothing":
        return i > 0 and words[i - 1].low in undone["deeds"]
    if low == "nobody" or (low == "no" and after[:1] == ["one"]):
        hurt = i > 0 and words[i - 1].low in undone["deeds"]
        return hurt or (low == "nobody" and bool(after) and after[0] in ("at", "in", "near", "there"))
    if low == "no":
        hurt = not undone["hurt"].isdisjoint(after)  # "no troops were killed" tells of a toll
        return not hurt and after[:1] not in (["."], ["evidence"]) and any(w in undone["nouns"] for w in after[:2])
    before = [w.low for w in words[max(0, i - 4) : i]]
    if low == "neither":
        return "nor" in after and _is_deed(after[:3])
    if low not in ("not", "never") or not undone["not_yet"].isdisjoint(before[-1:]) or "if" in before:
        return False
    if after[:1] and after[0] in undone["owned"]:  # "said it was not its jets that had bombed it"
        return not {"that", "who", "which"}.isdisjoint(after[2:4]) and tells_deed(after[2:])
    suffered = {"be", "been"} & set(after[:2]) and set(after[:3]) & undone["suffered"]
    return _is_deed(after[:3]) and not suffered


def _is_deed(after: Sequence[str]) -> bool:
    undone = sets()["undone"]
    pairs = {f"{a} {b}" for a, b in pairwise(after)}
    return any(w in undone["verbs"] for w in after) or bool(pairs & undone["pairs"])


def _is_ours(words: Sequence[Word], i: int) -> bool:
    return _low(words, i + 1, 1) == {"us"} or bool({"we", "our"} & {w.low for w in words[max(0, i - 4) : i]})


def _owner(phrases: Phrases, speaker: Span, said: int, i: int) -> tuple[int, int] | tuple[()] | None:
    """Who did not, of "the army said that its planes had not": () for the speaker himself, an offset span for a name,
    None for somebody else.
    """
    words, undone = phrases.words, sets()["undone"]
    told = words[speaker[0] : speaker[1] + 1]
    between = words[said + 1 : i]
    if words[i].low == "none":
        return () if _low(words, i + 2, 1) & undone["owned"] else None
    if words[i].low in ("no", "nobody", "nothing") and (
        _low(words, i + 1, 1) & undone["seen"] or (between and between[-1].low in (*undone["there"], "that", "said"))
    ):
        return ()
    k = i - 1
    skipped = undone["between"] | undone["deeds"] | {'"', "“", "”"}
    while k > said and (words[k].low in skipped or words[k].low.endswith("ly")):
        k -= 1
    clause = between[max((n + 1 for n, w in enumerate(between) if w.low == "that"), default=0) :]
    near = words[max(said + 1, k - 3) : k + 1]
    for part, head in ((near, near[-1:]), (clause[:4], clause[:1])):
        if not part or _is_own(told, part, head[0].low):
            return ()
    if near[-1].low in undone["own"] | undone["self"]:
        return None
    return near[0].start, near[-1].end


def _is_own(told: Sequence[Word], part: Sequence[Word], head: str) -> bool:
    """Whether words before what was not done stand for the speaker or his side."""
    undone, person = sets()["undone"], _is_person(told)
    office = told[-1].low in tables().raw["called"]["person"]["by"]
    if head in undone["own"] or head in undone["self"]:
        return (head in undone["self"]) == person and not (head == "they" and office)
    low = {w.low for w in part}
    if owned := low & undone["owned"]:
        return person or office or not owned & {"his", "her"}
    return bool(({w.low for w in told} & low) - tables().leads) or not undone["bodies"].isdisjoint(low)


def _is_person(told: Sequence[Word]) -> bool:
    """Whether a speaker is one person by name, or "he"."""
    if len(told) == 1:
        return told[0].low in ("he", "she")
    bodies = tables().bodies | tables().calling - frozenset(tables().raw["called"]["person"]["by"])
    return all(w.text[0].isupper() for w in told) and not any(
        w.low in bodies or w.low in sets()["undone"]["groups"] for w in told
    )


# ---------------------------------------------------------------- counter-accusations


@cache
def mutual_starts() -> frozenset[str]:
    """The words with which "traded blame" and the like begin."""
    return frozenset(words.split()[0] for words in sets()["counter"]["mutual"])


def by_counter(phrases: Phrases, i: int) -> Iterator[Found]:
    """ "blamed the rebels", "accused the rebels of the attack", "pointed the finger at"; "traded blame"."""
    words, counter = phrases.words, sets()["counter"]
    clause = clause_from(phrases, i + 1)
    low = words[i].low
    after = [w.low for w in clause]
    if any(" ".join((low, *after[:2])).startswith(pair) for pair in counter["mutual"]):
        if not {"for", "over", "of"}.isdisjoint(after[:4]) and not tells_deed(after[2:]):
            return  # "traded blame for the end of the truce"
        span = phrases.subject(i)
        for one in (span, phrases.joined(span[0]) if span else None):
            if one:
                yield one, {"others": phrases.sentence(words[i].start), "how": "blames"}
        return
    if low not in counter["blame"] | counter["turns"] or not clause or after[0] in ("by", "of", "for"):
        return
    if is_undone(words, i) and words[i - 1].low != "to":
        return
    if low in counter["turns"] and not set(after[:6]) & counter["turned"]:  # "pointed to"
        return
    if after[0] == "on" and "which" not in {w.low for w in words[max(0, i - 5) : i]}:
        return  # "a bomb blamed on the rebels"
    if low.startswith("accus") and not tells_deed(after):
        return
    span = phrases.subject(i) if not low.endswith("ing") else _speaker_before(phrases, i)
    if span:
        yield span, {"others": (clause[0].start, clause[-1].end), "how": "blames"}


def _speaker_before(phrases: Phrases, i: int) -> Span | None:
    """Who says it: "the army denied it, blaming rebels"."""
    words, verbs = phrases.words, sets()["verbs"]
    says = tables().say | verbs["deny"] | verbs["reject"] | sets()["untrue"]["brands"]
    floor = phrases.sentence(words[i].start)[0]
    for k in range(i - 1, max(-1, i - 24), -1):
        if words[k].start < floor:
            break
        if words[k].low in says and (span := phrases.subject(k)):
            return span
    return None


def by_said(phrases: Phrases, i: int) -> Iterator[Found]:
    """ "said that the rebels had fired it", "said the rebels were behind it", "said the shells came from them"."""
    counter = sets()["counter"]
    clause = clause_from(phrases, i + 1)
    low = [w.low for w in clause]
    own = bool(low) and low[0] in sets()["undone"]["own"]  # "said it was planted by rebels" blames them all the same
    for k, word in enumerate(low):
        did = word in counter["done"] and k > 0 and _of_this(low[k + 1 : k + 4])
        came = word in counter["came"] and not counter["shots"].isdisjoint(low[:k]) and "from" in low[k + 1 : k + 4]
        by = _done_by(low, k) or _culprits(low, k)
        if by or (not own and (did or came or word in counter["did"])):
            if any(w in ("not", "never", "no") for w in low[:k]):
                return
            if span := phrases.subject(i):
                yield span, {"others": (clause[by].start, clause[-1].end), "how": "blames" if by else "answers"}
            return


def _culprits(low: Sequence[str], k: int) -> int:
    """Where those are told who did it, in "the killers were rebels"; 0 where a word tells of no killers."""
    told = low[k] in sets()["counter"]["culprits"] and low[k + 1 : k + 2] in (["were"], ["was"], ["are"])
    return k + 2 if told and k < 3 and k + 2 < len(low) else 0


def _done_by(low: Sequence[str], k: int) -> int:
    """Where it is told who did it, in "was hit by a rocket of the rebels"; 0 where a word tells no such deed."""
    passive = low[k] in sets()["counter"]["done"] and not {"was", "were", "been"}.isdisjoint(low[max(0, k - 2) : k])
    by = next((n for n in range(k + 1, min(k + 3, len(low))) if low[n] == "by"), 0) if passive else 0
    return by if sets()["counter"]["his"].isdisjoint(low[by : by + 5]) else 0


def _of_this(after: Sequence[str]) -> bool:
    """Whether what was done is what the story is about: "fired it", "carried out the attack", "killed those people"."""
    counter = sets()["counter"]
    while after and after[0] in ("out", "on", "at"):
        after = after[1:]
    return bool(after) and (
        after[0] in counter["known"]
        or (after[0] in counter["pointing"] and not counter["shots"].isdisjoint(after[1:3]))
    )
