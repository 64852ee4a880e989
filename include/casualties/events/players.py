"""The players of an article: each side that may have done it once, with what it does wherever it is named."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from casualties.events.context import Context
from casualties.events.means import Means, find_types
from casualties.events.name_actors import ActorMention, known_group
from casualties.events.player_roles import DOES, is_victim, plain_roles, roles_of, shared
from casualties.events.tokens import Sentence, tokenise
from casualties.events.words import load

Key = tuple[str, str]
_BESIDE = 7  # tokens on either side of a name in which its means are told


@dataclass(slots=True)
class Play:
    """One mention of a player: the sentence that it stands in (0 is the title), and what it does there."""

    mention: ActorMention
    sentence: int
    roles: frozenset[str] = frozenset()
    means: frozenset[str] = frozenset()  # types of event that are told right beside it


@dataclass(slots=True)
class Player:
    """A side of an article, with its mentions in order."""

    key: Key
    plays: list[Play] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.key[0]

    @property
    def at(self) -> list[int]:
        """The sentences in which it is named."""
        return [p.sentence for p in self.plays]

    @property
    def acts(self) -> list[Play]:
        return [p for p in self.plays if p.roles & DOES]


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
    home = home_of(context)
    found: dict[Key, Player] = {}
    before: Play | None = None
    means: dict[int, list[Means]] = {}
    for part in ("title", "text"):
        for mention in context.actors[part]:
            at = 0 if part == "title" else max(1, bisect_right(starts, mention.start))
            sentence = sentences[at]
            roles = plain_roles(mention)
            if at in near or at == 0:
                roles = roles_of(tokenise(sentence), mention, context)
            if is_victim(sentence, mention, victims.get(at, ())):
                roles = roles - DOES | {"victim"}
            if at not in means:
                means[at] = find_types(sentence)
            play = Play(mention, at, roles, _beside(means[at], sentence, mention) if means[at] else frozenset())
            if before is not None and before.sentence == at:
                before.roles, play.roles = shared(sentence, before.mention, mention, before.roles, play.roles)
            before = play
            key = key_of(mention, home)
            found.setdefault(key, Player(key)).plays.append(play)
    return list(found.values())


def _beside(means: list[Means], sentence: Sentence, mention: ActorMention) -> frozenset[str]:
    """The types of event told beside a mention in its sentence, where that was tokenised for its roles."""
    first, last = bisect_left(sentence.starts, mention.start), bisect_left(sentence.starts, mention.end)
    return frozenset(kind for a, b, kind, _ in means if b > first - _BESIDE and a < last + _BESIDE)


def home_of(context: Context) -> str:
    """The state whose forces are named most, else the country of the article."""
    ruled = Counter(
        m.country
        for part in context.actors.values()
        for m in part
        if m.country and m.kind == "state" and any(w in load("deeds")["rule"] for w in m.name.lower().split())
    )
    return ruled.most_common(1)[0][0] if ruled else context.places.country or ""


def key_of(mention: ActorMention, home: str) -> Key:
    """What tells one player from another: the known group, the state, or the common word for its people.

    ``home``: the state whose "government" and "army" are meant where no state is named.
    """
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
        return "state", mention.country or home
    if any(word in deeds["rule"] for word in words):
        return "state", home
    origin = next((word for word in words if word in deeds["peoples"]), "")
    while len(words) > 1 and words[-1] in deeds["mere_bodies"]:
        words.pop()
    return "generic", f"{origin} {_singular(words[-1])}".strip()


def _singular(word: str) -> str:
    word = word.removesuffix("'s")
    return word[:-3] + "man" if word.endswith("men") else word.removesuffix("s")


def status_of(player: Player, own: set[int]) -> str:
    """How sure the blame is: by the words around the mentions that make it the doer, the event's own first."""
    told = [p.mention.status for p in player.plays if p.sentence in own and p.roles & DOES]
    told = told or [p.mention.status for p in player.acts]
    return next((status for status in told if status != "stated"), "stated")


def name_in(player: Player, own: set[int]) -> str:
    """What a player is called where an event is told: the fullest name it acts under there, else the nearest to it.

    A known group that goes by an acronym or another name there keeps both: "Islamic State (Daesh)".
    """

    def rank(play: Play) -> tuple[bool, bool, bool, bool, bool, int, int]:
        does, here = bool(play.roles & DOES), play.sentence in own
        away = min((abs(play.sentence - s) for s in own), default=0)
        land = "land" in play.roles and not does
        return (
            not (here and does and play.sentence),
            land,
            play.sentence == 0,
            not here,
            not does,
            away,
            -len(play.mention.name),
        )

    mention = min(player.plays, key=rank).mention
    if player.kind != "group" or mention.canonical is None:
        return _fullest(mention.name, player)
    words = [_without_plural(word) for word in mention.name.replace("’", "'").split()]
    while len(words) > 1 and words[-1].lower() in load("deeds")["bodies"] and known_group(" ".join(words[:-1]).lower()):
        words.pop()
    told, known = " ".join(words), player.key[1]
    inside = told.lower() in known.lower() and not told.isupper()
    alias = told.isupper() or not (inside or _letters(told) & _letters(known))
    if not alias and (short := _acronym(player)):
        return f"{told} ({short})"
    return f"{known} ({told})" if alias and told.lower() != known.lower() else told


def _fullest(name: str, player: Player) -> str:
    """ "Syrian regime" for "regime", where the article has it."""
    if " " in name or name.lower() not in load("deeds")["bare"]:
        return name
    told = (p.mention.name for p in player.plays)
    return max((other for other in told if other.lower().endswith(f" {name.lower()}")), key=len, default=name)


def _acronym(player: Player) -> str:
    """The acronym by which the article calls a known group, or nothing."""
    told = (_without_plural(p.mention.name.split()[0]) for p in player.plays)
    return next((word for word in told if word.isupper() and known_group(word.lower())), "")


def _without_plural(word: str) -> str:
    """ "ISILs", of a feed that lost the apostrophe."""
    return word[:-1] if len(word) > 2 and word[:-1].isupper() and word[-1] == "s" else word.removesuffix("'s")


def _letters(name: str) -> set[str]:
    return set(name.lower().replace("-", " ").replace(".", "").split())
