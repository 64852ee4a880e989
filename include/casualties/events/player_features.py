"""What the learned decision "did this player do it" looks at: no words, only who it is and what it does where."""

from bisect import bisect_left
from collections.abc import Sequence

from casualties.events.context import Context
from casualties.events.drafts import Draft
from casualties.events.features import Features
from casualties.events.player_roles import DOES
from casualties.events.players import Player
from casualties.events.words import load

_FAR = 8
_ROLES = (
    "joined",
    "ally",
    "victim",
    "by",
    "deed",
    "attacks",
    "blamed",
    "suffers",
    "where",
    "fights",
    "speaks",
    "land",
    "holds",
    "passive",
    "of",
)


def player_features(
    player: Player,
    players: Sequence[Player],
    draft: Draft,
    index: int,
    kind: str,
    country: str | None,
    context: Context,
) -> Features:
    """Features of a player and an event: type ``kind``, ``country``, place ``index`` among the article's."""
    own = {r.sentence.index for r in draft.reports}
    lead = draft.reports[0]
    first = next((r for r in draft.reports if r.sentence.field == "text"), lead)
    f: Features = {"bias": 1.0}

    # the event
    f["toll"] = float(draft.toll)
    f["war"] = float(draft.toll and lead.toll in ("war", "since"))
    f["part"] = float(draft.part_of is not None)
    f["main"] = float(index == 0)
    f["in_title"] = float(draft.in_title)
    f[f"type_{kind}"] = 1.0
    clash = kind == "armed_clash"
    groups = {g[0] for r in draft.reports for m in r.mentions for g in m.groups}
    f["armed_victims"] = float(bool(groups & {"combatants", "security_forces"}))
    f["clash_of_named"] = float(clash and player.kind != "generic")
    f["civil_victims"] = float(bool(groups & {"civilians", "children", "women"}))
    f["perfect"] = float(any(m.perfect for m in lead.mentions))
    when = next((r.when for r in draft.reports if r.when is not None), None)
    if when is not None and context.published is not None:
        age = (context.published - when.span.end).days
        f["fresh"], f["past"] = float(age <= 2), float(age > 6)
    f["dated"] = float(when is not None)
    f["at"] = min(first.sentence.index, 12) / 12
    f["has_whole"] = float(draft.part_of is not None)

    # the player
    f[f"is_{player.kind}"] = 1.0
    if player.kind == "generic":
        word = player.key[1].split()[-1]
        f["common_foe"] = float(word in load("deeds")["anybody"])
        f["kills_himself"] = float(word == "bomber")
    home = player.kind == "state" and player.key[1] == (country or context.places.country)
    f["at_home"] = float(home)
    f["abroad"] = float(player.kind == "state" and not home)
    every = sum(len(p.plays) for p in players)
    f["share"] = len(player.plays) / every
    acting = sum(len(p.acts) for p in players)
    f["acting_share"] = len(player.acts) / acting if acting else 0.0
    f["top_actor"] = float(bool(acting) and all(len(player.acts) >= len(p.acts) for p in players))
    f["none_acts"] = float(not acting)
    f["land_only"] = float(all("land" in p.roles and not p.roles & DOES for p in player.plays))
    f["players"] = min(len(players), 10) / 10
    f["opens"] = float(player is players[0])
    f["alone"] = float(len(players) == 1)
    for status in ("claimed", "accused", "suspected"):
        f[status] = float(any(p.mention.status == status for p in player.plays))
    f["groups_act"] = float(any(p is not player and p.kind == "group" and p.acts for p in players))
    f["states_act"] = float(any(p is not player and p.kind == "state" and p.acts for p in players))

    # what it does, beside where the event is told
    _by_distance(f, player, players, own)
    _in_own(f, player, players, draft, kind)
    title = [p for p in player.plays if p.sentence == 0]
    f["title"] = float(bool(title))
    f["title_does"] = float(any(p.roles & DOES for p in title))
    f["title_suffers"] = float(any("suffers" in p.roles for p in title))
    acts = [p.sentence for p in player.acts]
    at = first.sentence.index
    f["acts_back"] = min(min((at - s for s in acts if s <= at), default=_FAR), _FAR) / _FAR
    f["acts_ahead"] = min(min((s - at for s in acts if s >= at), default=_FAR), _FAR) / _FAR
    others = [p.sentence for q in players if q is not player for p in q.acts]
    other_back = min(min((at - s for s in others if s <= at), default=_FAR), _FAR) / _FAR
    f["acts_last"] = float(f["acts_back"] < 1 and f["acts_back"] <= other_back)
    return f


def _by_distance(f: Features, player: Player, players: Sequence[Player], own: set[int]) -> None:
    for name, gaps in (("own", (0,)), ("next", (1,)), ("last", (-1,)), ("near", (-3, -2, 2, 3))):
        here = [p for p in player.plays if any(p.sentence - gap in own for gap in gaps)]
        f[name] = float(bool(here))
        f[f"{name}_does"] = float(any(p.roles & DOES for p in here))
        f[f"{name}_others_do"] = float(
            any(
                p.roles & DOES and any(p.sentence - gap in own for gap in gaps)
                for q in players
                if q is not player
                for p in q.plays
            )
        )
        if name != "near":
            for role in _ROLES:
                f[f"{name}_{role}"] = float(any(role in p.roles for p in here))


def _in_own(f: Features, player: Player, players: Sequence[Player], draft: Draft, kind: str) -> None:
    """In the event's own sentences: whether it is among the victims, or in what the grammar takes for the doer."""
    best: int | None = None
    for report in draft.reports:
        sentence = report.sentence
        trigger = report.mentions[0].trigger
        for play in player.plays:
            if play.sentence != sentence.index:
                continue
            k = bisect_left(sentence.starts, play.mention.start)
            for told in report.mentions:
                if told.first <= k < told.last:
                    f["victim"] = 1.0
                for tokens, name in ((told.agent, "agent"), (told.subject, "subject")):
                    if tokens is not None and tokens[0] <= k < tokens[1]:
                        f[name] = 1.0
                        if "suffers" not in play.roles:
                            f[f"{name}_free"] = 1.0
            distance = abs(k - trigger)
            if best is None or distance < best:
                best = distance
                f["distance"] = min(distance, 30) / 30
                f["before_figure"] = float(k < report.first)
                f["in_stretch"] = float(report.begin <= k < report.end)
                nearer = [
                    other
                    for q in players
                    if q is not player
                    for other in q.plays
                    if other.sentence == sentence.index
                    and abs(bisect_left(sentence.starts, other.mention.start) - trigger) < distance
                ]
                f["nearer"] = min(len(nearer), 3) / 3
                f["nearer_does"] = float(any(other.roles & DOES for other in nearer))
    f["never_own"] = float(best is None)
    if kind == "armed_clash" and best is not None:
        f["clash_victim"] = f.get("victim", 0.0)
        f["clash_fights"] = f["own_fights"]
