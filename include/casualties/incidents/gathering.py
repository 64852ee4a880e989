"""What belongs together, and what gathers around an attack with very many dead: it matches the attack, but hardly each
other."""

import numpy as np

from casualties.incidents.attacks import kills_very_many, of_one_attack
from casualties.incidents.circumstances import one_number
from casualties.incidents.cluster import Pairs, clusters, components
from casualties.incidents.compare import scores
from casualties.incidents.filed import Rows, ranges
from casualties.incidents.mention import TELLING_DEATHS
from casualties.incidents.mentions import Mentions
from casualties.incidents.sides import Amounts, Side

_Around = tuple[Rows, Rows, Amounts]  # a report, one with the great number of its attack, and how well they match


def gathered(mentions: Mentions, rows: Rows, pairs: Pairs) -> Rows:
    """The cluster of each row. What gathers around a great attack joins the one that it matches best, once that is
    complete."""
    if not len(pairs.a):
        return np.arange(len(rows))
    one, great, fit = _with_twins(mentions, rows, pairs, _around_attacks(mentions, rows, pairs))
    own = np.ones(len(rows), np.bool_)
    own[one] = False
    pairs = pairs.at(np.flatnonzero(own[pairs.a] & own[pairs.b]))
    cluster = clusters(len(rows), pairs, lambda a, b: scores(mentions, rows[a], rows[b]))
    _join_risen(cluster, mentions, rows, pairs)
    order = np.lexsort((-cluster[great], fit, one))
    best = order[np.flatnonzero(np.diff(one[order], append=len(rows)))]
    _join(cluster, Side(mentions, rows).article_id, one[best], great[best])
    return cluster


def _around_attacks(mentions: Mentions, rows: Rows, pairs: Pairs) -> _Around:
    """Pairs, by place in ``rows``, of reports of parts of an attack and of reports of its great number that match, each
    connected by matching pairs."""
    component = components(len(rows), pairs)
    great = np.flatnonzero(kills_very_many(Side(mentions, rows)))
    order = great[np.argsort(component[great], kind="stable")]
    others = np.setdiff1d(np.flatnonzero(np.isin(component, component[great])), great)
    first, last = (np.searchsorted(component[order], component[others], side=side) for side in ("left", "right"))
    a, b = np.repeat(others, last - first), order[ranges(first, last)]
    one = of_one_attack(Side(mentions, rows[a]), Side(mentions, rows[b]))
    a, b = a[one], b[one]
    fit = scores(mentions, rows[a], rows[b])
    matching = np.flatnonzero(fit >= 0)
    return a[matching], b[matching], fit[matching]


def _with_twins(mentions: Mentions, rows: Rows, pairs: Pairs, around: _Around) -> _Around:
    """Beside what gathers, the reports that match some of it and tell the same number, 20 or more: they go along."""
    one, great, fit = around
    side = Side(mentions, rows)
    apart = ~kills_very_many(side)
    apart[one] = False
    a, b = np.concatenate([pairs.a, pairs.b]), np.concatenate([pairs.b, pairs.a])
    may = np.flatnonzero(apart[a] & np.isin(b, one) & np.tile(pairs.scores >= 0, 2))
    a, b = a[may], b[may]
    twins = np.flatnonzero(one_number(side.at(a), side.at(b)) >= TELLING_DEATHS)
    order = np.argsort(one, kind="stable")
    first, last = (np.searchsorted(one[order], b[twins], side=end) for end in ("left", "right"))
    of = order[ranges(first, last)]
    also = np.repeat(a[twins], last - first)
    return np.concatenate([one, also]), np.concatenate([great, great[of]]), np.concatenate([fit, fit[of]])


def _join_risen(cluster: Rows, mentions: Mentions, rows: Rows, pairs: Pairs) -> None:
    """Make one of clusters that tell different great numbers of one attack, where at least half of the reports of the
    one match the other's as what was told of it before."""
    many = kills_very_many(Side(mentions, rows))
    met = np.flatnonzero(many[pairs.a] & many[pairs.b] & (pairs.scores >= 0) & (cluster[pairs.a] != cluster[pairs.b]))
    a, b = pairs.a[met], pairs.b[met]
    met = np.flatnonzero(of_one_attack(Side(mentions, rows[a]), Side(mentions, rows[b])))
    one, other = np.concatenate([a[met], b[met]]), np.concatenate([b[met], a[met]])
    told = np.unique(np.stack([one, cluster[other]], axis=1), axis=0)
    meetings, counts = np.unique(np.stack([cluster[told[:, 0]], told[:, 1]], axis=1), axis=0, return_counts=True)
    article = Side(mentions, rows).article_id
    size = np.bincount(cluster, minlength=len(rows))
    for (x, y), count in sorted(zip(meetings.tolist(), counts.tolist(), strict=True), key=lambda met: -met[1]):
        here, there = (np.flatnonzero(cluster == cluster[at]) for at in (x, y))
        if 2 * count >= size[x] and cluster[x] != cluster[y] and not np.isin(article[here], article[there]).any():
            cluster[np.concatenate([here, there])] = min(int(cluster[x]), int(cluster[y]))


def _join(cluster: Rows, article: Rows, one: Rows, great: Rows) -> None:
    """Put each of ``one`` into the cluster of the ``great`` beside it, but no two reports of an article into one."""
    targets = cluster[great]
    told = np.setdiff1d(np.flatnonzero(np.isin(cluster, targets)), one)
    taken = set(zip(cluster[told].tolist(), article[told].tolist(), strict=True))
    for row, target in zip(one.tolist(), targets.tolist(), strict=True):
        if (target, int(article[row])) not in taken:
            taken.add((target, int(article[row])))
            cluster[row] = target
