"""What the words around an actor's name make of it: who does it, who suffers it, where it is."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from casualties.events.context import Context
from casualties.events.gazetteer.names import lexicon as place_names
from casualties.events.gazetteer.sources import countries
from casualties.events.name_actors import ActorMention, seats_of_power
from casualties.events.tokens import Sentence
from casualties.events.words import ADVERB, BE, HAVE, REPORT, load

Roles = frozenset[str]
DOES: Roles = frozenset(("by", "deed", "attacks", "blamed"))  # of who does it

_OWN = 7  # tokens from "it" on in which its deed is told
_CLAUSE = 10  # tokens beside a name that may tell it is not known, or that it is so as a rule
_SKIPPED = frozenset(
    ("the", "a", "an", "alleged", "suspected", "so-called", "northern", "southern", "eastern", "western", "central")
)
_HELD = ("-held", "-controlled", "-occupied", " held", " controlled")
_PLACED = frozenset(("in", "near", "into", "from", "to", "outside"))
_BOTH = frozenset(
    ("and", "or", ",", ", and", "and the", "or the", "and a", "and an", "and its", "along with", "and/or", "(", "")
)
_PEOPLE_OF = frozenset(
    f"{link} {article}".strip()
    for link in ("from", "of", "belonging to", "linked to", "loyal to", "allied to", "allied with", "affiliated to")
    for article in ("", "the", "the so-called", "so-called")
)
_BACKING = ("backed by", "supported by", "and its ally", "and their ally", "with the support of", "alongside")


def plain_roles(mention: ActorMention) -> Roles:
    """What the mention itself tells, without a look at its sentence."""
    roles = set()
    if mention.deed:
        roles.add("deed")
    if mention.status in ("claimed", "accused", "suspected"):
        roles.add("blamed")
    return frozenset(roles)


def roles_of(sentence: Sentence, mention: ActorMention, context: Context) -> Roles:
    """Roles of a mention in its tokenised sentence."""
    deeds = load("deeds")
    roles = set(plain_roles(mention))
    k = bisect_left(sentence.starts, mention.start)
    after = bisect_left(sentence.starts, mention.end)
    land = mention.name.lower() in _lands()
    if land:
        roles.add("land")
    if _is_deed(sentence, after, mention, land):
        roles.add("deed")
    _before(roles, sentence, k)
    if roles.isdisjoint(("suffers", "passive", "of", "deed")) and not (land and _is_seat(mention)):
        _after(roles, sentence, after, land)
    if any(w in deeds["clash"] for w in (*sentence.low[max(0, k - 6) : k], *sentence.low[after : after + 4])):
        roles.add("fights")
    back = sentence.low[max(0, k - _CLAUSE) : k]
    if any(w in deeds["unsure"] for w in back):
        roles = (roles - DOES) | {"unsure"}
    if any(w in deeds["habit"] for w in (*back, *sentence.low[after : after + _CLAUSE])):
        roles.add("habit")
    told = context.sources_in(sentence.field, sentence.start, sentence.end)
    if any(s.start <= mention.start < s.end for s in told):
        roles.add("speaks")
    following = sentence.text[mention.end - sentence.start :][:12].lower()
    if following.startswith(_HELD) or mention.name.lower().endswith(_HELD):
        roles.add("holds")
    return frozenset(roles)


def is_victim(sentence: Sentence, mention: ActorMention, victims: Sequence[tuple[int, int]]) -> bool:
    """Whether a mention is within the phrase of those who were hit, or right after it: "35 members of the group"."""
    if not victims:
        return False
    k = bisect_left(sentence.starts, mention.start)
    starts = [mention.start]
    if k > 1 and sentence.low[k - 1] in ("of", "from") and sentence.low[k - 2] in load("deeds")["bodies"]:
        starts.append(sentence.starts[k - 2])
    return any(first <= start < last for start in starts for first, last in victims)


def shared(sentence: Sentence, a: ActorMention, b: ActorMention, of_a: Roles, of_b: Roles) -> tuple[Roles, Roles]:
    """The roles of two mentions in a row: both of "Russian and Syrian jets" do it, both names of "the Front (NF)"."""
    between = sentence.text[a.end - sentence.start : b.start - sentence.start].strip().lower()
    if between.startswith(_BACKING):
        return of_a, of_b | {"ally"} | (of_a & {"victim", "suffers"})
    if between in _PEOPLE_OF and a.kind == "generic" and of_a.isdisjoint(("speaks", "of")):
        acts = set(of_b - {"suffers", "where", "of"})
        if of_a.isdisjoint(("suffers", "passive")):
            _after(acts, sentence, bisect_left(sentence.starts, b.end), land=False)
        return of_a - DOES, frozenset(acts) | (of_a & (DOES | {"victim", "fights"}))
    teller = "speaks" in of_b and "speaks" not in of_a and between in ("", ",")
    if between not in _BOTH or teller:  # "killed by rebels, police said": police only tell it
        return of_a, of_b
    both = of_b | (of_a & (DOES | {"suffers", "fights", "victim"}))
    if b.deed or between in ("(", ""):
        of_a |= both & DOES
    if between != "(" and both & DOES and of_a & DOES:
        return of_a | {"joined"}, both | {"joined"}
    return of_a, both


def _is_deed(sentence: Sentence, after: int, mention: ActorMention, land: bool) -> bool:
    """ "ISIL's rocket attacks", "army shelling": a deed right after a name, over words for its arms."""
    if land and not sentence.text[mention.end - sentence.start :].startswith(("'s", "’s")):
        return False
    deeds = load("deeds")
    n = after
    while n < len(sentence.low) and n < after + 2 and sentence.low[n] in deeds["arms"]:
        n += 1
    return n < len(sentence.low) and sentence.low[n] in deeds["done"]


def _before(roles: set[str], sentence: Sentence, k: int) -> None:
    deeds = load("deeds")
    j = k - 1
    while j >= 0 and sentence.low[j] in _SKIPPED:
        j -= 1
    word, earlier = (sentence.low[j], sentence.low[j - 1] if j else "") if j >= 0 else ("", "")
    if word == "by":
        roles.add("blamed" if earlier == "claimed" else "passive" if earlier in deeds["not_by"] else "by")
    elif (word == "from" and earlier in deeds["sent"]) or (word == "to" and earlier in ("belonging", "belong")):
        roles.add("by")
    elif word == "of":
        roles |= {"holds", "suffers"} if earlier in deeds["seats"] else {"of"}
    elif word in deeds["clash"] and word.endswith("ing") and word != "fighting":
        roles |= {"suffers", "fights"}
    elif (word in deeds["suffers"] or word == "fighting") and "deed" not in roles:
        roles.add("suffers")
        if word in _PLACED:
            roles.add("where")


def _after(roles: set[str], sentence: Sentence, after: int, land: bool) -> None:
    deeds = load("deeds")
    steps = 0
    if after < len(sentence.low) and sentence.low[after] == "(" and ")" in sentence.low[after : after + _CLAUSE]:
        after = sentence.low.index(")", after) + 1  # "the Front (a branch of the network) shelled"
    if _admits(sentence, after):
        roles.add("attacks")
        return
    for n in range(after, min(after + 5, len(sentence.low))):
        low = sentence.low[n]
        if low in deeds["attack"] and not (low.endswith("ing") and n > after):
            roles.add("suffers" if n > after and sentence.bits[n - 1] & BE else "attacks")
            return
        if not sentence.bits[n] & (ADVERB | HAVE | BE) and low not in ("who", "which", "that", "to", "on"):
            steps += 1
            if steps > 1 or land:
                return


def _admits(sentence: Sentence, after: int) -> bool:
    """ "Israel's military says it was targeting a commander": whoever tells that it did."""
    deeds, k = load("deeds"), after
    while k < min(after + 2, len(sentence.low)) and not sentence.bits[k] & REPORT:
        k += 1
    if k >= len(sentence.low) or not sentence.bits[k] & REPORT:
        return False
    owns = [n for n in range(k + 1, min(k + 4, len(sentence.low))) if sentence.low[n] in deeds["own"]]
    told = sentence.low[owns[0] : owns[0] + _OWN] if owns else []
    return any(word in deeds["attack"] for word in told) and not {"not", "never", "no"} & set(told)


def _is_seat(mention: ActorMention) -> bool:
    """A capital: told as a place far oftener than as a government that strikes."""
    return mention.name in _seats()


@cache
def _seats() -> Roles:
    return frozenset(seat for seats in seats_of_power().values() for seat in seats)


@cache
def _lands() -> Roles:
    found = {c["name"].lower() for c in countries().values()}
    found |= {name.lower() for names in place_names()["countries"].values() for name in names}
    return frozenset(found | {seat.lower() for seat in _seats()})
