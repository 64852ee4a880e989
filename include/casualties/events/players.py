"""The players of an article: each side that may have done it once, with what it does wherever it is named."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from casualties.events.context import Context
from casualties.events.gazetteer.names import lexicon as place_names
from casualties.events.gazetteer.sources import countries
from casualties.events.name_actors import ActorMention, known_group, seats_of_power
from casualties.events.tokens import Sentence, tokenise
from casualties.events.words import ADVERB, BE, HAVE, load

Key = tuple[str, str]
_ARTICLES = frozenset(("the", "a", "an", "alleged", "suspected", "so-called"))
_HELD = ("-held", "-controlled", "-occupied", " held", " controlled")
_JOINING = frozenset(("and", "or", ",", ", and", "and the", "or the", "and its", "along with", "and/or", "("))


@dataclass(slots=True)
class Play:
    """One mention of a player: the sentence that it stands in (0 is the title), and what it does there."""

    mention: ActorMention
    sentence: int
    roles: frozenset[str] = frozenset()


@dataclass(slots=True)
class Player:
    """A side of an article, with its mentions in order."""

    key: Key
    plays: list[Play] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.key[0]

    @property
    def acts(self) -> list[Play]:
        return [p for p in self.plays if p.roles & DOES]


DOES = frozenset(("by", "deed", "attacks", "blamed"))  # roles of who does it


def players_of(
    context: Context,
    sentences: Sequence[Sentence],
    near: frozenset[int],
    victims: Mapping[int, Sequence[tuple[int, int]]],
) -> list[Player]:
    """All players in the order in which they come.

    Roles are read in the sentences of ``near`` and in the title. ``victims``: by sentence, the offsets of the phrases
    of those who were hit.
    """
    starts = [s.start for s in sentences if s.field == "text"]
    found: dict[Key, Player] = {}
    before: Play | None = None
    for part in ("title", "text"):
        for mention in context.actors[part]:
            at = 0 if part == "title" else max(1, bisect_right(starts, mention.start))
            sentence = sentences[at]
            roles = _plain(mention)
            if at in near or at == 0:
                roles = _roles(tokenise(sentence), mention, context)
            if any(start <= mention.start < end for start, end in victims.get(at, ())):
                roles = roles - DOES | {"victim"}
            play = Play(mention, at, roles)
            if before is not None and before.sentence == at:
                _share(sentence, before, play)
            before = play
            key = key_of(mention, context)
            found.setdefault(key, Player(key)).plays.append(play)
    return list(found.values())


def _share(sentence: Sentence, first: Play, second: Play) -> None:
    """Give both of "Russian and Syrian jets", and both names of "the Front (NF)", the roles of either."""
    between = sentence.text[first.mention.end - sentence.start : second.mention.start - sentence.start].strip().lower()
    if between not in _JOINING:
        return
    second.roles |= first.roles & (DOES | {"suffers", "fights", "victim"})
    if second.mention.deed or between == "(":
        first.roles |= second.roles & DOES


def key_of(mention: ActorMention, context: Context) -> Key:
    """What tells one player from another: the known group, the state, or the common word for its people."""
    if mention.canonical is not None and mention.kind == "armed_group":
        return "group", mention.canonical
    words = mention.name.lower().replace("’", "'").split()
    for k in range(len(words)):
        known = known_group(" ".join(words[k:]))
        if known is not None:
            return "group", known
    deeds = load("deeds")
    alone = words[-1] in ("coalition", "alliance", "opposition", "council")
    if mention.kind == "armed_group" or alone:
        return "group", " ".join(words)
    if mention.kind == "state":
        return "state", mention.country or context.places.country or ""
    if any(word in deeds["rule"] for word in words):
        return "state", context.places.country or ""
    origin = next((word for word in words if word in deeds["peoples"]), "")
    while len(words) > 1 and words[-1] in deeds["bodies"]:
        words.pop()
    return "generic", f"{origin} {_singular(words[-1])}".strip()


def _singular(word: str) -> str:
    word = word.removesuffix("'s")
    return word[:-3] + "man" if word.endswith("men") else word.removesuffix("s")


def _plain(mention: ActorMention) -> frozenset[str]:
    roles = set()
    if mention.deed:
        roles.add("deed")
    if mention.status in ("claimed", "accused", "suspected"):
        roles.add("blamed")
    return frozenset(roles)


def _roles(sentence: Sentence, mention: ActorMention, context: Context) -> frozenset[str]:
    """What the words around a mention make of it."""
    deeds = load("deeds")
    roles = set(_plain(mention))
    k = bisect_left(sentence.starts, mention.start)
    after = bisect_left(sentence.starts, mention.end)
    _before(roles, sentence, k)
    if "suffers" not in roles and "passive" not in roles:
        _after(roles, sentence, after)
    if any(w in deeds["clash"] for w in (*sentence.low[max(0, k - 6) : k], *sentence.low[after : after + 4])):
        roles.add("fights")
    told = context.sources_in(sentence.field, sentence.start, sentence.end)
    if any(s.start <= mention.start < s.end for s in told):
        roles.add("speaks")
    if mention.name.lower() in _lands():
        roles.add("land")
    following = sentence.text[mention.end - sentence.start :][:12].lower()
    if following.startswith(_HELD) or mention.name.lower().endswith(_HELD):
        roles.add("holds")
    return frozenset(roles)


def _before(roles: set[str], sentence: Sentence, k: int) -> None:
    deeds = load("deeds")
    j = k - 1
    while j >= 0 and sentence.low[j] in _ARTICLES:
        j -= 1
    word, earlier = (sentence.low[j], sentence.low[j - 1] if j else "") if j >= 0 else ("", "")
    if word == "by":
        roles.add("passive" if earlier in deeds["not_by"] else "by")
    elif word == "from" and earlier in deeds["sent"]:
        roles.add("by")
    elif word == "of" and earlier in deeds["seats"]:
        roles |= {"holds", "suffers"}
    elif word in deeds["suffers"] and "deed" not in roles:
        roles.add("suffers")
        if word in ("in", "near", "into", "from", "to", "outside"):
            roles.add("where")


def _after(roles: set[str], sentence: Sentence, after: int) -> None:
    deeds = load("deeds")
    steps = 0
    for n in range(after, min(after + 5, len(sentence.low))):
        low = sentence.low[n]
        if low in deeds["attack"]:
            roles.add("suffers" if n > after and sentence.bits[n - 1] & BE else "attacks")
            return
        if not sentence.bits[n] & (ADVERB | HAVE | BE) and low not in ("who", "which", "that", "to", "on"):
            steps += 1
            if steps > 1:
                return


@cache
def _lands() -> frozenset[str]:
    found = {c["name"].lower() for c in countries().values()}
    found |= {name.lower() for names in place_names()["countries"].values() for name in names}
    return frozenset(found | {seat.lower() for seats in seats_of_power().values() for seat in seats})


def status_of(player: Player, own: set[int]) -> str:
    """How sure the blame is: by the words around the mentions that make it the doer, the event's own first."""
    told = [p.mention.status for p in player.plays if p.sentence in own and p.roles & DOES]
    told = told or [p.mention.status for p in player.acts]
    return next((status for status in told if status != "stated"), "stated")


def name_in(player: Player, own: set[int]) -> str:
    """What a player is called where an event is told: the fullest name it acts under there, else the nearest to it.

    A known group that goes by an acronym or another name there keeps both: "Islamic State (Daesh)".
    """

    def rank(play: Play) -> tuple[bool, bool, bool, bool, int, int]:
        does, here = bool(play.roles & DOES), play.sentence in own
        away = min((abs(play.sentence - s) for s in own), default=0)
        land = "land" in play.roles and not does
        return not (here and does), land, not here, not does, away, -len(play.mention.name)

    mention = min(player.plays, key=rank).mention
    if player.kind != "group" or mention.canonical is None:
        return mention.name
    told = mention.name.replace("’", "'")
    words = told.split()
    while len(words) > 1 and words[-1].lower() in load("deeds")["bodies"] and known_group(" ".join(words[:-1]).lower()):
        words.pop()
    if words[-1][:-1].isupper() and words[-1][-1] == "s":
        words[-1] = words[-1][:-1]  # "ISILs", of a feed that lost the apostrophe
    told, known = " ".join(words), player.key[1]
    alias = told.isupper() or not _letters(told) & _letters(known)
    return f"{known} ({told})" if alias and told.lower() != known.lower() else told


def _letters(name: str) -> set[str]:
    return set(name.lower().replace("-", " ").replace(".", "").split())
