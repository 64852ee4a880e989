"""Who did it and who says so: every teller and player of an article weighed against every event."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from casualties.events.context import Context
from casualties.events.drafts import Draft
from casualties.events.features import Features
from casualties.events.player_features import player_rows
from casualties.events.players import Key, Player, name_in, players_of, status_of
from casualties.events.teller_features import Scenes, teller_features
from casualties.events.tellers import Teller, tellers_of
from casualties.events.tokens import Sentence
from casualties.events.who_judge import WhoJudges, who_judges
from casualties.events.words import load
from casualties.model import Actor, Denial

_SURE = 0.5  # a teller or player above this is taken
_BEST_TELLER, _BEST_PLAYER = 0.4, 0.35  # the best one is taken above this
_COMMON = 0.5  # "rebels" beside a named side, above this
_NEAR = 2  # sentences around a figure in which roles are read
_WINDOW = 15  # sentences around an event in which a long article's tellers and players are weighed
_MANY = 60  # attributions or names from which on an article is long

Side = TypeVar("Side", Teller, Player)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One event with the tellers and players near it and their features, but for what is known of other events."""

    tellers: list[Teller]
    teller_rows: list[Features]
    players: list[Player]
    player_rows: list[Features]
    around: tuple[int | None, int | None, int | None]  # the event that includes it, the main one, the one told before


@dataclass(slots=True)
class Who:
    """The sources and actors of one event; with the keys of the players that the actors are, and who denies it."""

    sources: list[str] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    denials: list[Denial] = field(default_factory=list)


def weigh(
    drafts: Sequence[Draft],
    kinds: Sequence[str],
    countries: Sequence[str | None],
    sentences: Sequence[Sentence],
    context: Context,
) -> list[Weighed]:
    """Features of all tellers and players for all events, whose types and countries are given."""
    tellers = tellers_of(context.sources, sentences, context.acronyms)
    told = frozenset(r.sentence.index for d in drafts for r in d.reports)
    near = frozenset(k for s in told for k in range(max(0, s - _NEAR), min(len(sentences), s + _NEAR + 1)))
    players = players_of(context, sentences, near, _victims(drafts))
    found = []
    scenes = [{r.sentence.index for r in draft.reports} for draft in drafts]
    for index, draft in enumerate(drafts):
        own = scenes[index]
        tells = _nearby(tellers, own)
        plays = _nearby(players, own)
        found.append(
            Weighed(
                tells,
                [teller_features(t, tells, draft, index, Scenes(scenes, told, sentences), context) for t in tells],
                plays,
                player_rows(plays, draft, index, kinds[index], countries[index], context),
                _around(drafts, index),
            )
        )
    return found


def decide(
    weighed: Sequence[Weighed], drafts: Sequence[Draft], kinds: Sequence[str], judges: WhoJudges | None
) -> list[Who]:
    """The sources and actors of each event."""
    judges = judges or who_judges()
    tells: dict[int, dict[int, float]] = {}
    plays: dict[int, dict[int, float]] = {}
    found = []
    for index, draft in enumerate(drafts):
        told = _odds(index, weighed, judges.teller.probabilities, tells, lambda w: (w.tellers, w.teller_rows))
        done = _odds(index, weighed, judges.player.probabilities, plays, lambda w: (w.players, w.player_rows))
        actors, keys = _chosen_actors(weighed[index].players, done, draft, kinds[index])
        found.append(Who(sources=_chosen_sources(weighed[index].tellers, told), actors=actors, keys=keys))
    return found


def known_features(known: Sequence[float]) -> Features:
    """What is known of the same teller or player in other events: the whole, the main event, the one before."""
    return dict(zip(("of_whole", "of_main", "of_last"), known, strict=True))


def _odds(
    index: int,
    weighed: Sequence[Weighed],
    probabilities: Callable[[Sequence[Features]], list[float]],
    done: dict[int, dict[int, float]],
    of: Callable[[Weighed], tuple[Sequence[object], Sequence[Features]]],
) -> dict[int, float]:
    """The probability of each candidate by its id; events that tell something of others come first."""
    pending = [index]
    while pending:
        at = pending[-1]
        first = [k for k in weighed[at].around if k is not None and k not in done and k not in pending]
        if first:
            pending += first[:1]
            continue
        pending.pop()
        candidates, rows = of(weighed[at])
        told = []
        for candidate, row in zip(candidates, rows, strict=True):
            known = [done[k].get(id(candidate), 0.0) if k in done else 0.0 for k in weighed[at].around]
            told.append(row | known_features(known))
        done[at] = dict(zip(map(id, candidates), probabilities(told), strict=True))
    return done[index]


def _around(drafts: Sequence[Draft], index: int) -> tuple[int | None, int | None, int | None]:
    draft = drafts[index]
    whole = drafts.index(draft.part_of) if draft.part_of is not None else None
    before = [(_told_at(d), k) for k, d in enumerate(drafts) if (_told_at(d), k) < (_told_at(draft), index)]
    return whole, 0 if index else None, max(before)[1] if before else None


def _told_at(draft: Draft) -> int:
    return next((r for r in draft.reports if r.sentence.field == "text"), draft.reports[0]).sentence.index


def _victims(drafts: Sequence[Draft]) -> Mapping[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for draft in drafts:
        for report in draft.reports:
            spans = found.setdefault(report.sentence.index, [])
            spans += [report.sentence.span(m.first, m.last) for m in report.mentions if m.last > m.first]
    return found


def _nearby(sides: list[Side], own: set[int]) -> list[Side]:
    """All tellers or players of a usual article; of a long one those near an event, and those of its opening."""
    if sum(len(side.at) for side in sides) <= _MANY:
        return sides
    return [side for side in sides if any(_is_near(at, own) for at in side.at)][:_MANY]


def _is_near(at: int, own: set[int]) -> bool:
    return at <= 3 or any(abs(at - s) <= _WINDOW for s in own)


def _chosen(odds: Mapping[int, float], candidates: Sequence[object], least: float) -> list[int]:
    """Places of those taken among the candidates; the best one alone where it is likelier than ``least``."""
    taken = [k for k, c in enumerate(candidates) if odds[id(c)] > _SURE]
    if not taken and candidates:
        best = max(range(len(candidates)), key=lambda k: odds[id(candidates[k])])
        taken = [best] if odds[id(candidates[best])] > least else []
    return taken


def _chosen_sources(tellers: Sequence[Teller], odds: Mapping[int, float]) -> list[str]:
    """A relaying agency only where nobody else is the source."""
    taken = [tellers[k] for k in _chosen(odds, tellers, _BEST_TELLER)]
    return list(dict.fromkeys(t.name for t in taken if not t.relay)) or [t.name for t in taken]


def _chosen_actors(
    players: Sequence[Player], odds: Mapping[int, float], draft: Draft, kind: str
) -> tuple[list[Actor], list[Key]]:
    """Perpetrators, or both sides of a clash; proper names before words such as "gunmen"."""
    taken = [players[k] for k in _chosen(odds, players, _BEST_PLAYER)]
    if any(p.kind == "group" for p in taken):
        taken = [p for p in taken if p.key[1].split()[-1] not in load("deeds")["anybody"]]
    if any(p.kind != "generic" for p in taken):
        taken = [p for p in taken if p.kind != "generic" or odds[id(p)] > _COMMON]
    own = {r.sentence.index for r in draft.reports}
    role = "party" if kind == "armed_clash" else "perpetrator"
    named = {name_in(p, own): p for p in taken}
    return [Actor(name=name, role=role, status=status_of(p, own)) for name, p in named.items()], [p.key for p in taken]
