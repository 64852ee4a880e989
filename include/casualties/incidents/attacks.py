"""Attacks with so many dead that the counts of groups of their victims, and what was first told, gather around them."""

import numpy as np

from casualties.incidents.circumstances import places
from casualties.incidents.filed import Mask
from casualties.incidents.mention import COUNTRY, MISHAP, PROVINCE, TELLING_DEATHS, UNIQUE_DEATHS
from casualties.incidents.mentions import NO_DAY, TYPES
from casualties.incidents.sides import NONE, Side, share, told

_DAY_SECONDS = 86400.0
_TOLD_OF_SECONDS = 31 * _DAY_SECONDS
_MISHAPS = [TYPES.index(kind) for kind in MISHAP]


def kills_very_many(side: Side) -> Mask:
    """Whether the number killed is one that no other event nearby has, and of an attack."""
    many: Mask = (side.killed_low >= UNIQUE_DEATHS) & ~np.isin(side.type, _MISHAPS)
    return many


def of_one_attack(a: Side, b: Side) -> Mask:
    """Whether one tells of a great number killed, and the other of one group of them or of what was first told of them:
    by the same doers, in no other place or kind of site, on no other day."""
    return _part_of(a, b) | _part_of(b, a)


def _part_of(less: Side, more: Side) -> Mask:
    part = kills_very_many(more) & (less.killed_low <= more.killed_low) & ~np.isin(less.type, _MISHAPS)
    may = np.flatnonzero(part)
    less, more = less.at(may), more.at(may)
    since = less.published - more.published
    overlap = (less.start != NO_DAY) & (more.start != NO_DAY) & (less.start <= more.end) & (more.start <= less.end)
    part[may] = (
        (share(more, less, "actors") > 0)
        & np.isin(less.level, (PROVINCE, COUNTRY))
        & (places(more, less) != NONE)
        & (less.group | (share(more, less, "sites") == told(less, "sites")))
        & (~less.dated | overlap)
        & (np.abs(since) <= _TOLD_OF_SECONDS)
        & (less.group | less.dated | ((less.killed_low >= TELLING_DEATHS) & (since <= _DAY_SECONDS)))
    )
    return part
