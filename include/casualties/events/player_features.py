"""What the learned decision "did this player do it" looks at: no words, only who it is and what it does where."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from casualties.events.context import Context
from casualties.events.drafts import Draft
from casualties.events.features import Features
from casualties.events.fighters import FIGHTERS
from casualties.events.player_roles import DOES
from casualties.events.players import Player
from casualties.events.words import load

_FAR = 8
_ROLES = frozenset(("by", "deed", "attacks", "blamed", "joined", "ally", "victim", "suffers", "where", "fights")) | {
    "speaks",
    "land",
    "holds",
    "passive",
    "of",
    "unsure",
    "habit",
}
_ZONES = (("own", (0,)), ("next", (1,)), ("last", (-1,)), ("near", (-3, -2, 2, 3)))


def player_rows(
    players: Sequence[Player], draft: Draft, index: int, kind: str, country: str | None, context: Context
) -> list[Features]:
    """Features of each player and an event: type ``kind``, ``country``, place ``index`` among the article's.

    What is not in a row is 0.
    """
    if not players:
        return []
    event = _event_features(draft, index, kind, context)
    scene = _Scene(players, draft)
    rows = []
    for k, player in enumerate(players):
        f = dict(event)
        _who(f, k, scene, country or context.places.country)
        _fit_for(f, player, kind)
        f["clash_of_named"] = float(kind == "armed_clash" and player.kind != "generic")
        _by_zone(f, k, scene)
        _by_distance(f, k, scene)
        _in_own(f, player, scene, draft, kind)
        rows.append(f)
    return rows


class _Scene:
    """What the rows of one event share: who acts in which sentences."""

    def __init__(self, players: Sequence[Player], draft: Draft) -> None:
        self.players = players
        self.first = next((r for r in draft.reports if r.sentence.field == "text"), draft.reports[0]).sentence.index
        own = {r.sentence.index for r in draft.reports}
        self.acts = [[p.sentence for p in player.acts] for player in players]
        self.plays = sum(len(p.plays) for p in players)
        self.acting = sum(map(len, self.acts))
        self.most = max(map(len, self.acts))
        self.acting_kinds = Counter(p.kind for p, acts in zip(players, self.acts, strict=True) if acts)
        self.zones = {name: {s + gap for s in own for gap in gaps} for name, gaps in _ZONES}
        self.doers = {
            name: {k for k, acts in enumerate(self.acts) if not zone.isdisjoint(acts)}
            for name, zone in self.zones.items()
        }
        self.here = [(p, k) for k, player in enumerate(players) for p in player.plays if p.sentence in own]


def _event_features(draft: Draft, index: int, kind: str, context: Context) -> Features:
    lead = draft.reports[0]
    first = next((r for r in draft.reports if r.sentence.field == "text"), lead)
    groups = {g[0] for r in draft.reports for m in r.mentions for g in m.groups}
    f: Features = {
        "toll": float(draft.toll),
        "war": float(draft.toll and lead.toll in ("war", "since")),
        "part": float(draft.part_of is not None),
        "main": float(index == 0),
        "in_title": float(draft.in_title),
        f"type_{kind}": 1.0,
        "armed_victims": float(bool(groups & FIGHTERS)),
        "civil_victims": float(bool(groups & {"civilians", "children", "women"})),
        "perfect": float(any(m.perfect for m in lead.mentions)),
        "at": min(first.sentence.index, 12) / 12,
    }
    when = next((r.when for r in draft.reports if r.when is not None), None)
    f["dated"] = float(when is not None)
    if when is not None and context.published is not None:
        age = (context.published - when.span.end).days
        f["fresh"], f["past"] = float(age <= 2), float(age > 6)
    return f


def _who(f: Features, k: int, scene: _Scene, country: str | None) -> None:
    player = scene.players[k]
    acts = len(scene.acts[k])
    f[f"is_{player.kind}"] = 1.0
    if player.kind == "generic":
        word = player.key[1].split()[-1]
        f["common_foe"] = float(word in load("deeds")["anybody"])
        f["kills_himself"] = float(word == "bomber")
    elif player.kind == "state":
        f["at_home" if player.key[1] == country else "abroad"] = 1.0
    f["share"] = len(player.plays) / scene.plays
    f["acting_share"] = acts / scene.acting if scene.acting else 0.0
    f["top_actor"] = float(0 < acts == scene.most)
    f["none_acts"] = float(not scene.acting)
    f["land_only"] = float(all("land" in p.roles and not p.roles & DOES for p in player.plays))
    f["only_deed"] = float(all(p.mention.deed for p in player.plays))
    f["only_habit"] = float(all("habit" in p.roles for p in player.acts) and acts > 0)
    f["players"] = min(len(scene.players), 10) / 10
    f["opens"] = float(k == 0)
    f["alone"] = float(len(scene.players) == 1)
    for play in player.plays:
        if play.mention.status != "stated":
            f[play.mention.status] = 1.0
    for kind in ("group", "state"):
        f[f"{kind}s_act"] = float(scene.acting_kinds[kind] > (acts > 0 and player.kind == kind))


def _fit_for(f: Features, player: Player, kind: str) -> None:
    """Whether it is known to have what it would have been done with: groups have no jets, states send no bombers."""
    flies = player.kind == "state" or not set(load("deeds")["flies"]).isdisjoint(
        player.key[1].lower().replace("-", " ").split()
    )
    f["cannot_fly"] = float(kind == "air_strike" and not flies)
    f["no_bomber"] = float(kind == "bombing" and player.kind == "state")
    acts = player.acts
    f["same_means"] = float(any(kind in p.means for p in acts))
    f["other_means"] = float(bool(acts) and all(p.means and kind not in p.means for p in acts))
    f["no_means"] = float(bool(acts) and not any(p.means for p in acts))
    f["ever_victim"] = sum("victim" in p.roles for p in player.plays) / len(player.plays)
    f["ever_suffers"] = sum("suffers" in p.roles for p in player.plays) / len(player.plays)


def _by_zone(f: Features, k: int, scene: _Scene) -> None:
    """Its roles in the event's sentences, in those right before and after, in the title."""
    for name, zone in scene.zones.items():
        roles = [p.roles for p in scene.players[k].plays if p.sentence in zone]
        doers = scene.doers[name]
        f[name] = float(bool(roles))
        f[f"{name}_does"] = float(k in doers)
        f[f"{name}_others_do"] = float(len(doers) > (k in doers))
        if roles and name != "near":
            for role in frozenset().union(*roles) & _ROLES:
                f[f"{name}_{role}"] = 1.0
    title = [p.roles for p in scene.players[k].plays if p.sentence == 0]
    f["title"] = float(bool(title))
    f["title_does"] = float(any(roles & DOES for roles in title))
    f["title_suffers"] = float(any("suffers" in roles for roles in title))


def _by_distance(f: Features, k: int, scene: _Scene) -> None:
    at, acts = scene.first, scene.acts[k]
    f["acts_back"] = min(min((at - s for s in acts if s <= at), default=_FAR), _FAR) / _FAR
    f["acts_ahead"] = min(min((s - at for s in acts if s >= at), default=_FAR), _FAR) / _FAR
    others = min((at - s for j, told in enumerate(scene.acts) if j != k for s in told if s <= at), default=_FAR)
    f["acts_last"] = float(f["acts_back"] < 1 and f["acts_back"] <= min(others, _FAR) / _FAR)


def _in_own(f: Features, player: Player, scene: _Scene, draft: Draft, kind: str) -> None:
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
                    for other, j in scene.here
                    if other.sentence == sentence.index
                    and scene.players[j] is not player
                    and abs(bisect_left(sentence.starts, other.mention.start) - trigger) < distance
                ]
                f["nearer"] = min(len(nearer), 3) / 3
                f["nearer_does"] = float(any(other.roles & DOES for other in nearer))
    f["never_own"] = float(best is None)
    if kind == "armed_clash" and best is not None:
        f["clash_victim"] = f.get("victim", 0.0)
        f["clash_fights"] = f.get("own_fights", 0.0)
