"""Numbers that share the verb or noun of one told before: "30 were killed around A and five outside B"."""

from dataclasses import replace

from casualties.events.phrases import Phrase
from casualties.events.place_spans import words as place_words
from casualties.events.reading import Reading
from casualties.events.told import Group, Mention
from casualties.events.words import AND, BE, COLLECTIVE, HAVE, MODAL, MODIFIER, PERSON, PLURAL, REPORT

_PLACED = ("in", "near", "outside", "at", "around", "inside", "from", "across")
_AIMED = ("on", "in", "at", "near")
_AREAS = ("the", "another", "a", "nearby", "central", "northern", "southern", "eastern", "western")
_COMPARED = (["compared", "with"], ["compared", "to"], ["down", "from"], ["up", "from"])
_DONE = ("active", "perfect", "present", "gerund")  # rules of a verb that has a doer
_ARTICLES = ("the", "a", "an")
_SIDE = 7  # tokens, at most, that name another side
_OUTCOMES = ("killed", "injured", "shot")
_CLOSE, _FAR = 16, 30  # tokens from the number that has a verb to the one that has none


def gapping(reading: Reading) -> None:
    """Tell the numbers without a verb of their own, each with a place or a day, of the outcome told before them."""
    for phrase in reading.phrases:
        if phrase.kind not in ("count", "bare") or phrase.thing or phrase.low is None:
            continue
        if phrase.of_whole and _is_found_somewhere(reading, phrase):
            reading.tell("killed", "gapping", phrase.head, Group([phrase]), of_whole=False)
            continue
        if phrase.first < 2:
            continue
        if (model := _by_another_side(reading, phrase)) is not None:
            reading.tell(model.outcome, "gapping", phrase.first, Group([phrase]))
            continue
        if phrase.of_whole:
            fits = _of_them(reading, phrase) and (_is_timed(reading, phrase) or _is_placed(reading, phrase, named=True))
        else:
            included = phrase.kind == "bare" and reading.low[phrase.first - 1] == "including"
            fits = (included or not phrase.claimed) and _is_added(reading, phrase)
        model = _model(reading, phrase) if fits else None
        if model is not None:
            reading.tell(model.outcome, "gapping", phrase.first, Group([phrase]), of_whole=False)


def each(reading: Reading) -> None:
    """ "One was killed in each of the towns of Duma, Arbin and Zamalka": as many in every one of them."""
    for t in range(2, reading.size - 2):
        if reading.low[t : t + 2] != ["each", "of"] or reading.low[t - 1] not in _PLACED:
            continue
        model = next((m for m in reversed(reading.mentions) if max(m.last, m.trigger) < t), None)
        if model is None or model.kind == "zero":
            return
        for k in _names(reading, t + 2)[1:]:  # the first is the model's own
            reading.mentions.append(replace(model, first=k, last=k + 1, trigger=k - 1, groups=list(model.groups)))


def _names(reading: Reading, k: int) -> list[int]:
    """Where each of the names listed from k on begins: "the towns of Duma, Arbin and the city of Homs"."""
    found: list[int] = []
    while k < reading.size:
        if _is_name(reading, k):
            if not _is_name(reading, k - 1):
                found.append(k)
        elif reading.low[k] not in (",", "and", "the", "of") and reading.low[k] not in place_words().types:
            break
        k += 1
    return found


def _by_another_side(reading: Reading, phrase: Phrase) -> Mention | None:
    """ "The army killed 500 civilians, the rebels 120 and the Front 45": the mention whose verb another side shares."""
    model = next((m for m in reversed(reading.mentions) if m.last <= phrase.first), None)
    ends = phrase.last == reading.size or reading.low[phrase.last] in (",", ".", ";", "and")
    if phrase.kind != "bare" or phrase.claimed or model is None or model.kind != "count" or not ends:
        return None
    chained = model.rule == "gapping" and model.first == model.trigger
    between = range(model.last, phrase.first)
    if not (chained or model.rule in _DONE) or model.trigger > phrase.first or not 2 <= len(between) <= _SIDE:
        return None
    side = [k for k in between if reading.low[k] not in (",", "and", "while", "the")]
    if reading.low[model.last] not in (",", "and", "while") or not side or side[-1] != phrase.first - 1:
        return None
    fits = all(_is_name(reading, k) or reading.bits[k] & (PERSON | MODIFIER | COLLECTIVE) for k in side)
    if not fits or any(reading.is_in(k, "calendar") for k in side):
        return None
    a_side = reading.low[side[0] - 1] == "the" or bool(reading.bits[side[0]] & (PLURAL | COLLECTIVE))
    return model if a_side or _by_a_name(reading, model) else None


def _by_a_name(reading: Reading, model: Mention) -> bool:
    """Whether a bare name did it: "Turkey killed 30, Syria 20"; of "a fire killed two boys, Jim 9" the 9 is an age."""
    first = next((m for m in reading.mentions if m.outcome == model.outcome and m.rule in _DONE), model)
    k = reading.verb_group(first.trigger)[0] - 1
    while k > 0 and _is_name(reading, k - 1):
        k -= 1
    named = k >= 0 and _is_name(reading, k) and not reading.bits[k] and reading.low[max(0, k - 1)] not in _ARTICLES
    return named and not any(bits & REPORT for bits in reading.bits[first.last :])  # "Hamas killed 30, Channel 4 said"


def _is_found_somewhere(reading: Reading, phrase: Phrase) -> bool:
    """ "Seven of the dead were in Homs": a part told by its place."""
    last = phrase.last
    placed = reading.low[last : last + 1] == ["were"] and reading.low[last + 1 : last + 2] in (["in"], ["at"], ["near"])
    named = any(_is_name(reading, k) for k in range(last + 2, min(last + 6, reading.size)))  # "in the town of Duma"
    return placed and reading.low[phrase.head] in ("dead", "victims") and named


def _of_them(reading: Reading, phrase: Phrase) -> bool:
    """ "46 were killed, 21 of them in Homs": a part told by its place."""
    return reading.low[phrase.last - 1] in ("them", "whom", "these", "those")


def _is_timed(reading: Reading, phrase: Phrase) -> bool:
    """ "15 of them when a missile struck", "23 of them on Tuesday"."""
    following = reading.low[phrase.last : phrase.last + 1]
    return following == ["when"] or (following == ["on"] and reading.is_in(phrase.last + 1, "calendar"))


def _is_added(reading: Reading, phrase: Phrase) -> bool:
    """Whether a number goes on a list ("and five in", ": 33 in", "including 96 in"), and has a place or a day."""
    before = reading.low[phrase.first - 1]
    beside = phrase.kind == "bare" and reading.low[max(0, phrase.first - 3) : phrase.first] == ["as", "well", "as"]
    joined = bool(reading.bits[phrase.first - 1] & AND) or before in (",", "plus") or beside
    joined |= phrase.other and bool(reading.bits[phrase.first - 1])  # not "kill a man, arrest two others"
    lost = phrase.kind == "bare" and _is_name(reading, phrase.first - 1)  # "14 dead in Karm nine in Bab"
    if joined and reading.low[phrase.last : phrase.last + 1] == ["on"] and reading.is_in(phrase.last + 1, "calendar"):
        return phrase.kind == "bare" or phrase.other
    of = reading.low[max(0, phrase.first - 2) : phrase.first] in (["of", "which"], ["of", "whom"], ["of", "them"])
    compared = reading.low[max(0, phrase.first - 2) : phrase.first] in _COMPARED or before == "against"
    if compared and phrase.kind == "bare" and reading.low[phrase.last : phrase.last + 1] in (["in"], ["last"]):
        return True  # "50 were killed in July, compared with 40 in June"
    if compared and phrase.kind == "bare" and reading.low[phrase.last : phrase.last + 2] == ["the", "previous"]:
        return True  # "up from 40 the previous year"
    if (
        reading.bits[phrase.first - 1] & AND
        and phrase.kind == "bare"
        and reading.low[phrase.last : phrase.last + 1] == ["by"]
    ):
        return True  # "31 died in strikes and 22 by shelling"
    if before in (":", ";"):
        return phrase.kind == "bare" and reading.low[phrase.last : phrase.last + 1] == ["in"]
    if before == "including" and reading.sentence.headline and reading.low[phrase.last : phrase.last + 1] == ["in"]:
        return phrase.kind == "bare" and _is_somewhere(reading, phrase.last + 1)
    if before == "including" or lost or of:
        return phrase.kind == "bare" and _is_placed(reading, phrase, named=True)
    return joined and _is_placed(reading, phrase, named=False)


def _is_name(reading: Reading, k: int) -> bool:
    return not reading.sentence.headline and reading.at[k] is None and any(c.isupper() for c in reading.words[k])


def _is_somewhere(reading: Reading, k: int) -> bool:
    """Whether a headline names a place, or a kind of one, at k: "in Duma", "in camp"; no hospital holds a part."""
    if k >= reading.size or reading.is_in(k, "fatal.care"):
        return False
    return reading.words[k][0].isupper() or reading.low[k] in place_words().types


def _is_placed(reading: Reading, phrase: Phrase, named: bool) -> bool:
    last = phrase.last
    if last < reading.size and reading.low[last] == "elsewhere":
        return True
    if last + 1 >= reading.size or reading.low[last] not in _PLACED:
        return False
    if reading.low[last] == "from" and phrase.kind != "bare":
        return False  # "three men from the committees" are a side
    if reading.low[last + 1] in ("a", "an"):  # "ten of them in an air raid on Homs"
        last = next((k for k in range(last + 3, min(last + 6, reading.size - 1)) if reading.low[k] in _AIMED), last)
    following = reading.words[last + 1]
    if named:
        return _is_name(reading, last + 1) or (reading.low[last + 1] == "the" and _is_name(reading, last + 2))
    return any(map(str.isupper, following)) or reading.low[last + 1] in _AREAS


def _model(reading: Reading, phrase: Phrase) -> Mention | None:
    """The mention whose verb a number shares."""
    told = [m for m in reading.mentions if m.last <= phrase.first and m.outcome in _OUTCOMES and m.kind != "zero"]
    if not told:
        return None
    model = told[-1]
    begin = max(model.last, model.trigger + 1)
    while reading.bits[begin] & (BE | HAVE | REPORT):
        begin += 1  # "five deaths were reported in"
    between = range(begin, phrase.first)
    words = reading.low[between.start : between.stop]
    clause = bool(reading.bits[phrase.first - 1] & AND) and any(w in ("where", "when", "which") for w in words)
    listed = words[-1:] in ([":"], [";"])
    if len(words) >= (_FAR if clause or listed else _CLOSE) or ";" in words[:-1]:
        return None
    if listed or phrase.of_whole or clause or words[-1:] == ["whom"]:
        return model
    said = words[-2:] == [",", "and"] and "," in words[: words.index("said")] if "said" in words else True
    barred = any(reading.bits[k] & (BE | HAVE | MODAL) for k in between) or {"when", "that"} & set(words)
    return None if barred or not said else model
