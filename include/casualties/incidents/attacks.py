"""Attacks with so many dead that the counts of groups of their victims, and what was first told, gather around them."""

import numpy as np

from casualties.incidents.circumstances import places
from casualties.incidents.filed import Mask
from casualties.incidents.mention import (
    COUNTRY,
    EXPLOSIVE,
    MISHAP,
    NOWHERE,
    PROVINCE,
    TELLING_DEATHS,
    UNIQUE_DEATHS,
    VERY_MANY_DEATHS,
)
from casualties.incidents.mentions import NO_DAY, OPEN, TYPES
from casualties.incidents.sides import NONE, Side, share, told
from casualties.model import EventType

_DAY_SECONDS = 86400.0
_SOON_SECONDS = 3 * _DAY_SECONDS
_TOLD_OF_SECONDS = 31 * _DAY_SECONDS
_MISHAPS = [TYPES.index(kind) for kind in MISHAP]
_ABDUCTION = TYPES.index(EventType.ABDUCTION)
_UNKNOWN = TYPES.index(EventType.UNKNOWN)
_CLASH = TYPES.index(EventType.ARMED_CLASH)
_EXPLOSIVES = [TYPES.index(kind) for kind in EXPLOSIVE]


def kills_very_many(side: Side) -> Mask:
    """Whether the number killed is one that no other event nearby has, and of an attack."""
    many: Mask = (side.killed_low >= UNIQUE_DEATHS) & ~np.isin(side.type, _MISHAPS)
    return many


def of_one_attack(a: Side, b: Side) -> Mask:
    """Whether one tells of a great number killed, and the other of one group of them, of one place of the attack, or of
    what was first told of it: by the same doers, in no other area or kind of site, on no other day."""
    return _part_of(a, b) | _part_of(b, a)


def _part_of(less: Side, more: Side) -> Mask:
    part = kills_very_many(more) & (less.killed_low <= more.killed_low) & ~np.isin(less.type, _MISHAPS)
    may = np.flatnonzero(part)
    less, more = less.at(may), more.at(may)
    since = less.published - more.published
    # Men on foot attack many places at once and are told of for weeks; so many bombed are of one blast, or one day.
    raid = ~np.isin(more.type, _EXPLOSIVES) & (told(more, "sites") == 0)
    news = raid & more.dated & (less.end >= more.start) & (less.end <= more.end + 1)
    like = raid & (news | ~np.isin(less.type, _EXPLOSIVES))
    # Who tells neither day nor means, but the doers or as many dead as no other attack has, looks back at it.
    back = like & (less.type == _UNKNOWN) & less.killed_told & (since >= 0)
    back &= _looks_back(less, more)
    part[may] = (
        (_same_doers(less, more, like, news) | back)
        & _same_area(less, more, like, news)
        & (like | (~raid & _same_site(less, more)))
        & (~less.dated | _overlap(less, more) | (like & less.group & (less.start >= more.start)))
        & np.where(more.dated, less.end >= more.start, since >= np.where(less.group, -_SOON_SECONDS, -_DAY_SECONDS))
        & (np.abs(since) <= _TOLD_OF_SECONDS)
        & (less.group | less.dated | back | ((less.killed_low >= TELLING_DEATHS) & (since <= _DAY_SECONDS)))
    )
    return part


def _looks_back(less: Side, more: Side) -> Mask:
    """Whether one names a doer of the other, or so many that no other attack nearby has as many."""
    named: Mask = (share(more, less, "actors") > 0) | (
        (less.killed_low >= VERY_MANY_DEATHS) & (less.country == more.country)
    )
    return named


def _overlap(less: Side, more: Side) -> Mask:
    days: Mask = (less.start != NO_DAY) & (more.start != NO_DAY) & (less.start <= more.end) & (more.start <= less.end)
    return days


def _same_site(less: Side, more: Side) -> Mask:
    same: Mask = (share(more, less, "sites") == told(less, "sites")) & (
        (less.dated & (told(more, "sites") == 0)) | (share(more, less, "sites") > 0)
    )
    return same


def _same_doers(less: Side, more: Side, like: Mask, news: Mask) -> Mask:
    """Whether they name one doer; the first news of a country's greatest attack, who tells of 20 dead or more that may
    be of its day, and who counts a nation's dead there, need name none."""
    one_site = share(more, less, "sites") > 0
    many = (less.killed_low >= TELLING_DEATHS) & (less.killed_told | (less.killed_high == OPEN))
    # A family told without a number may be anybody's, where the great attack's means is not told.
    counted = less.group & (less.killed_told | (more.type != _UNKNOWN))
    unnamed = (
        (told(less, "actors") == 0)
        & (less.country == more.country)
        & (one_site | (like & (counted | (news & less.killed_told) | (_overlap(less, more) & many))))
    )
    # Both sides of a clash are parties, also the one that was attacked; who tells of hostages that day means theirs.
    defended = news & ((less.type == _CLASH) | ((less.type == _ABDUCTION) & many))
    doers: Mask = (share(more, less, "actors") > 0) | unnamed | defended
    return doers


def _same_area(less: Side, more: Side, like: Mask, news: Mask) -> Mask:
    """Whether one lies in the other. Who mourns abroad or counts hostages elsewhere names the country that was hit."""
    inside = (np.isin(less.level, (PROVINCE, COUNTRY)) | like) & (places(more, less) != NONE)
    nowhere = (less.level == NOWHERE) | ((less.level == COUNTRY) & (told(less, "names") == 0))
    abroad = share(more, less, "names", "words") > 0
    held = less.group & (less.type == _ABDUCTION)  # told with hostages, who are elsewhere
    area: Mask = inside | (like & (nowhere | held)) | (like & abroad & (less.group | less.dated | news))
    return area
