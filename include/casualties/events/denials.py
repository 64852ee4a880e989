"""Who denies it, and which events a denial goes to: those that the denier is blamed for, near the denial."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from casualties.events.context import Context
from casualties.events.drafts import Draft
from casualties.events.gazetteer.names import demonyms
from casualties.events.means import find_types
from casualties.events.names import DenialMention
from casualties.events.player_roles import DOES, Roles
from casualties.events.players import Key, Play, home_of, key_of
from casualties.events.source_words import tables
from casualties.events.tokens import Sentence, tokenise
from casualties.events.who import Weighed, Who
from casualties.events.words import load
from casualties.model import Actor, Denial

# sentences between an event and its denial, at most: by one whom more is blamed on, by one who does
# something beside it, by others who have a side, by the rest
_MOST = {"blamed": 12, "beside": 8, "side": 7, "anybody": 1}
_KNOWN = {"blamed": 3.0, "beside": 2.0}  # sentences of distance that a denier is spared by what is told of him
_LEAD = 3  # the last sentence that may deny what is told later
_APART = 2  # sentences between a part and a denial, from which it is of the whole
_REPLY = 4  # sentences between an event and who is blamed instead
_TOLD = ("undone", "untrue")
_FIRST = 12  # characters of a clause in which its subject stands
_OWN_KINDS = frozenset(("chemical_attack", "abduction"))  # deeds that no denial of another kind means
_BLAMED: Roles = frozenset(("blamed",))
_BEHIND = 300  # characters before "its spokesman" in which it is told whose


@dataclass(frozen=True, slots=True)
class _Article:
    """An article's events, and whom each is blamed on."""

    drafts: Sequence[Draft]
    kinds: Sequence[str]
    sentences: Sequence[Sentence]
    whos: Sequence[Who]
    weighed: Sequence[Weighed]
    context: Context
    home: str
    starts: Sequence[int]  # of the sentences of the text

    def is_meant(self, k: int, mention: DenialMention, at: int) -> bool:
        """Whether what is denied may be an event: where it tells of gas, or of a place, those are the event's."""
        if mention.told is None or any(r.sentence.index == at for r in self.drafts[k].reports):
            return True
        first, last = mention.told
        sentence = tokenise(self.sentences[at])
        told = {kind for at_, _, kind, _ in find_types(sentence) if first <= sentence.starts[at_] < last}
        kind = self.kinds[k]
        if told & _OWN_KINDS and kind not in told | {"unknown"}:
            return False
        named = [m for m in self.context.places_in(mention.field, first, last) if self.context.specificity(m) > 1]
        own = [m for r in self.drafts[k].reports for m in (r.where, r.around) if m is not None]
        return not named or not own or any(self.context.related(a, b) for a in named for b in own)

    def plays(self, k: int, roles: Roles) -> list[Play]:
        """What the sentences of an event, and those beside them, tell of sides in some roles."""
        near = {r.sentence.index + gap for r in self.drafts[k].reports for gap in (-1, 0, 1)}
        return [
            play
            for player in self.weighed[k].players
            for play in player.plays
            if play.sentence in near and play.roles & roles
        ]

    def acts(self, plays: Sequence[Play], keys: set[Key]) -> bool:
        return any(key_of(play.mention, self.home) in keys for play in plays)

    def is_accused(self, keys: set[Key], k: int, answer: DenialMention) -> bool:
        """Whether somebody else has blamed a side for an event before it answers."""
        for mention in self.context.denials:
            if mention.others is None or mention.start >= answer.start or mention.field != answer.field:
                continue
            at = self.at(mention)
            if _nearest(at, [k], self.drafts, _REPLY) is None or not keys & self.keys_in(mention.field, mention.others):
                continue
            if not keys & self.keys_in(mention.field, (mention.start, mention.end)):
                return True
        answered = self.at(answer)
        return self.acts([play for play in self.plays(k, _BLAMED) if play.sentence != answered], keys)

    def accusation(self, answer: DenialMention, keys: set[Key]) -> DenialMention | None:
        """Who was blamed just before a denial, by somebody else: the denial answers that."""
        at = self.at(answer)
        for mention in reversed(self.context.denials):
            if mention.others is None or mention.field != answer.field or mention.start >= answer.start:
                continue
            blames = self.keys_in(mention.field, mention.others)
            if at - self.at(mention) > 1 or keys & self.keys_in(mention.field, (mention.start, mention.end)):
                return None
            told = all(key[0] == "generic" for key in blames) or not keys or keys & blames
            return mention if told and mention.by != answer.by else None
        return None

    def at(self, mention: DenialMention) -> int:
        """The sentence in which a denial stands; 0 is the title."""
        return bisect_right(self.starts, mention.start) if mention.field == "text" else 0

    def acts_between(self, span: tuple[int, int], at: int) -> set[Key]:
        """The sides that do something within a clause of a sentence, or are its first word."""
        return {
            player.key
            for weighed in self.weighed[:1]
            for player in weighed.players
            for play in player.plays
            if play.sentence == at
            and span[0] <= play.mention.start < span[1]
            and (play.roles & DOES or play.mention.start < span[0] + _FIRST)
        }

    def keys_in(self, field: str, span: tuple[int, int]) -> set[Key]:
        return {key_of(actor, self.home) for actor in self.context.actors_in(field, *span)}

    def keys_of(self, k: int) -> set[Key]:
        """Whom an event is blamed on; of "the Saudi-led coalition" its leader, too."""
        led = (actor.name.lower().partition("-led")[0] for actor in self.whos[k].actors if "-led" in actor.name)
        return {*self.whos[k].keys, *(("state", demonyms()[word]) for word in led if word in demonyms())}

    def blamed_on(self, keys: set[Key]) -> list[int]:
        """The events that a side is blamed for."""
        return [k for k in range(len(self.drafts)) if keys & self.keys_of(k)]


def add_denials(
    drafts: Sequence[Draft],
    kinds: Sequence[str],
    whos: Sequence[Who],
    weighed: Sequence[Weighed],
    sentences: Sequence[Sentence],
    context: Context,
) -> None:
    """Give each denial to the nearest event of those the denier is blamed for, to what includes it and to its parts.

    Who denies what nobody else is named for has been accused of it. Who blames somebody else denies only what he is
    himself blamed for.
    """
    starts = [s.start for s in sentences if s.field == "text"]
    article = _Article(drafts, kinds, sentences, whos, weighed, context, home_of(context), starts)
    for mention in context.denials:
        at = article.at(mention)
        by, keys = _denier(mention, article)
        if mention.owner is not None and not keys & article.keys_in(mention.field, mention.owner):
            continue  # "Russia said that Damascus had not"
        if mention.others is not None:
            _answer(mention, mention.others, at, by, keys, article)
        else:
            _deny(mention, at, by, keys, article)


def _deny(mention: DenialMention, at: int, by: str, keys: set[Key], article: _Article) -> None:
    drafts = article.drafts
    meant = [k for k, d in enumerate(drafts) if not d.toll and article.is_meant(k, mention, at)]
    accusation = article.accusation(mention, keys) if mention.how != "plea" and not _only_tells(by) else None
    if accusation is not None:
        at = article.at(accusation)
    fits = {k: fit for k in meant if (fit := _fit(mention, k, at, by, keys, article, accusation)) is not None}
    for chosen in sorted(fits, key=lambda k: -fits[k])[: 1 + mention.both]:
        chosen = _whole(chosen, at, keys, article)
        _give(mention, chosen, meant, by, keys, article, answers=accusation is not None)


def _whole(chosen: int, at: int, keys: set[Key], article: _Article) -> int:
    """What includes the last of several parts, where others are told in between, and nobody is blamed for it alone."""
    draft = article.drafts[chosen]
    if draft.part_of is None or any(0 <= at - r.sentence.index < _APART for r in draft.reports):
        return chosen
    return chosen if keys & article.keys_of(chosen) else article.drafts.index(draft.part_of)


def _give(
    mention: DenialMention, chosen: int, meant: list[int], by: str, keys: set[Key], article: _Article, *, answers: bool
) -> None:
    """Give a denial to an event and its family; one of a whole kind of deed to all that its denier is blamed for."""
    drafts, whos = article.drafts, article.whos
    who = whos[chosen]
    if who.denials and not keys and not answers:
        return  # a spokesman after the one he speaks for
    if not keys & article.keys_of(chosen):
        if keys and not who.actors and mention.how == "denied":
            who.actors.append(Actor(name=by, role="perpetrator", status="accused"))
            who.keys += keys
        elif by.lower() in load("denials")["plea"]["who"]:
            if len(who.actors) != 1:
                return
            by = who.actors[0].name  # "the man pleaded not guilty"
    blamed = [k for k in article.blamed_on(keys) if k in meant]
    shared = keys if drafts[chosen].part_of else keys | article.keys_of(chosen)
    for k in {*_family(chosen, drafts), *(blamed if mention.wide else ())}:
        if k == chosen or shared & article.keys_of(k) or (not whos[k].actors and not _only_tells(by)):
            _add(whos[k], by)


def _fit(
    mention: DenialMention,
    k: int,
    at: int,
    by: str,
    keys: set[Key],
    article: _Article,
    accusation: DenialMention | None,
) -> float | None:
    """How well a denial fits an event: by whom that is blamed on, and by where both are told; None for not at all."""
    draft = article.drafts[k]
    # an event told after its denial is twice as far away, and two sentences more
    gap = min(g if g >= 0 else 2 - 2 * g for g in (at - r.sentence.index for r in draft.reports))
    if at > _LEAD and all(r.sentence.index > at for r in draft.reports):
        return None
    if not at:  # of the title: the event that it is about
        if not draft.in_title and (k or mention.how != "denied"):
            return None
        gap = 0
    if keys & article.keys_of(k):
        known = "blamed"
    elif _concerns(mention, k, keys, article):
        known = "beside"
    elif (keys and _is_of_others(mention, keys, article)) or (mention.how in _TOLD and _looks_into_it(by, keys)):
        return None
    elif article.whos[k].actors and article.blamed_on(keys):
        return None  # he answers for what he is blamed for, not for what others are
    else:
        sides = keys or _has_side(by) or accusation or mention.how == "plea"
        known = "side" if sides and not _only_tells(by) else "anybody"
    only = known == "blamed" and article.blamed_on(keys) == [k]
    return _KNOWN.get(known, 0.0) - gap if only or gap <= _MOST[known] else None


def _looks_into_it(by: str, keys: set[Key]) -> bool:
    """ "Police said that there was no link": no side of a war, but those who tell of a crime."""
    return all(key[0] == "generic" for key in keys) and any(
        word in load("denials")["sides"]["investigate"] for word in by.lower().split()
    )


def _only_tells(by: str) -> bool:
    """Residents, doctors and the like: they tell of a deed, and are not accused of it."""
    return any(word in load("denials")["sides"]["tellers"] for word in by.lower().split())


def _has_side(by: str) -> bool:
    sides = load("denials")["sides"]
    return any(word in sides["official"] or word in sides["armed"] for word in by.lower().split())


def _is_of_others(mention: DenialMention, keys: set[Key], article: _Article) -> bool:
    """Whether it is denied that another side did it: "Russia denies that Damascus used gas"."""
    if mention.told is None or mention.charged:
        return False
    return any(key[0] != "generic" for key in article.keys_in(mention.field, mention.told) - keys)


def _concerns(mention: DenialMention, k: int, keys: set[Key], article: _Article) -> bool:
    """Whether a denial of one who is not taken to have done it is about an event that others are named for."""
    told = article.keys_in(mention.field, mention.told) if mention.told else set()
    roles = DOES | {"fights"} if article.kinds[k] == "armed_clash" else DOES
    return bool(told & article.keys_of(k)) or article.acts(article.plays(k, roles), keys)


def _answer(
    mention: DenialMention, others: tuple[int, int], at: int, by: str, keys: set[Key], article: _Article
) -> None:
    """A counter-accusation: of the event that its sentence is about, where the speaker is blamed for that."""
    k = _nearest(at, [k for k, d in enumerate(article.drafts) if not d.toll], article.drafts, _REPLY)
    if k is None or article.kinds[k] == "armed_clash" or not _names_himself(mention, keys, article):
        return
    instead = article.keys_in(mention.field, others) if mention.how == "blames" else article.acts_between(others, at)
    if instead - keys and article.is_accused(keys, k, mention):
        for one in _family(k, article.drafts):
            if one == k or keys & article.keys_of(one):
                _add(article.whos[one], by)


def _names_himself(mention: DenialMention, keys: set[Key], article: _Article) -> bool:
    return bool(keys & article.keys_in(mention.field, (mention.start, mention.end)))


def _denier(mention: DenialMention, article: _Article) -> tuple[str, set[Key]]:
    """What the denier is called, and which player it is: a spokesman whom he speaks for, "the group" who was told."""
    context = article.context
    inside = context.actors_in(mention.field, *(mention.named or (mention.start, mention.end)))
    words = mention.by.lower().split()
    persons = tables().raw["called"]["person"]["by"]
    speaks = words[0] in persons and (words[-1] in persons or words[-1] not in tables().people)  # not "general staff"
    # "he", "the group": for whoever was told last
    stands = speaks or (len(words) == 1 and words[0] in tables().pronouns | tables().calling)
    if not inside and stands and not mention.named:
        told = context.actors_in(mention.field, mention.start - _BEHIND, mention.start)
        inside = [actor for actor in told if actor.kind != "generic"][-1:]
    by = inside[-1].name if inside and stands else mention.by
    keys = {key_of(actor, article.home) for actor in inside}
    if not keys:  # "the Russian ministry of defence", "a rebel spokesman"
        keys = {("state", demonyms()[word]) for word in words if word in demonyms()}
        keys |= {("generic", word) for word in words if word in load("denials")["sides"]["rebels"]}
    if not keys and mention.by.islower() and any(word in load("denials")["sides"]["states"] for word in words):
        keys = {("state", article.home)}  # "the defence ministry"
    return by, keys


def _nearest(at: int, indexes: Sequence[int], drafts: Sequence[Draft], most: int | None = None) -> int | None:
    """The event told last before a sentence, else first after it."""
    best: tuple[int, int] | None = None
    for k in indexes:
        for report in drafts[k].reports:
            gap = at - report.sentence.index
            distance = gap if gap >= 0 else 2 - gap
            if (most is None or distance <= most) and (best is None or distance < best[0]):
                best = distance, k
    return best[1] if best else None


def _family(index: int, drafts: Sequence[Draft]) -> list[int]:
    """An event with what includes it and the parts of that."""
    whole = drafts[index].part_of or drafts[index]
    return [k for k, draft in enumerate(drafts) if draft is whole or draft.part_of is whole]


def _add(who: Who, by: str) -> None:
    words = set(by.lower().split())
    if all(not (words <= (told := set(d.by.lower().split())) or told <= words) for d in who.denials):
        who.denials.append(Denial(by=by, actor=by if _is_actor(who, by) else None))


def _is_actor(who: Who, by: str) -> bool:
    return any(actor.name == by for actor in who.actors)
