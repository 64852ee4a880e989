"""How far two reports speak of the same incident: clues that add up, and vetoes that no clue outweighs.

A clue's score is in log odds: its weight in weights.toml times how much of it there is; the first, "prior", stands for
two reports that merely share a block. Two reports match when the sum is at least 0. Scores are whole hundredths, so
that no sum depends on the order in which it is added up.

All is worked out for many pairs at once; an explanation is a batch of one.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from casualties.incidents.attacks import of_one_attack
from casualties.incidents.circumstances import (
    IMPOSSIBLE,
    counted_alike,
    days,
    figures,
    found,
    kinds,
    of_a_group,
    one_number,
    one_outcome,
    places,
    risen,
    says_little,
    several,
)
from casualties.incidents.filed import Mask, Rows
from casualties.incidents.mention import POINT, TELLING_DEATHS, UNIQUE_DEATHS, VERY_MANY_DEATHS
from casualties.incidents.mentions import Mentions
from casualties.incidents.records import Clue, LinkedReport
from casualties.incidents.sides import (
    NONE,
    Amounts,
    Codes,
    Side,
    among,
    choose,
    clue_names,
    code,
    read_weights,
    share,
    told,
)
from casualties.incidents.texts import kinship, persons, text_clues

_UNSURE = ("place unsaid", "place in the country", "place in the province")
_SAME_SPOT = ("same place", "places near")
_SAME_DAY = ("same day", "one day apart", "one day apart, few killed", "day unsaid, published within a day")
_AT_ONCE = 50_000  # pairs; of more the columns do not fit the processor's cache
VETO = -np.inf


class Features(NamedTuple):
    """What the clues of pairs are (NONE for no clue) and how much there is of each: a row a kind of clue, a column a
    pair. Which pairs can be one incident at all, and which are of a war."""

    clues: Codes
    amounts: Amounts
    possible: Mask
    war: Mask


def features(mentions: Mentions, one: Rows, other: Rows) -> Features:
    """The clues of pairs of rows.

    Two stories that share a victim tell of one event even where a place or a day was misread, or one of them is a
    follow-up long after; stories of one day that share rare words do so where only the places differ, but not in a war,
    whose strikes are told together. All others are apart when their places or days are.
    """
    a, b = Side(mentions, one), Side(mentions, other)
    kind = kinds(a, b)
    # Two texts of one origin tell the same list of events: each meets its twin or that one updated.
    strangers = (a.article == b.article) & (a.all_names != b.all_names)
    possible = (a.article_id != b.article_id) & (kind != IMPOSSIBLE) & ~strangers
    war, attack = in_a_war(a, b), of_one_attack(a, b)
    place, (day, late, two_days) = _place(a, b, war), days(a, b)
    number = one_number(a, b)
    apart = possible & (
        _incomparable(a, b, war, place, day) | (~attack & _apart(a, b, war, place == NONE, two_days, number))
    )
    near = possible & ~apart
    # Where people are killed every day, what is told two days later, of other numbers, may be the next.
    most = np.maximum(a.killed_low, b.killed_low)
    undated = ~a.dated & ~b.dated & (number == 0) & (most < VERY_MANY_DEATHS)
    next_one = war & (((most < TELLING_DEATHS) & (a.dated != b.dated)) | undated) & (np.abs(a.end - b.end) > 1)
    day[war & (most < TELLING_DEATHS) & (day == code("one day apart"))] = code("one day apart, few killed")
    day[next_one & (day == code("day unsaid, published within three"))] = code("day unsaid, published later")
    unsaid = attack & (two_days | (day == code("day unsaid, published later")))
    place = np.where(place == NONE, np.where(attack, code("place unsaid"), code("places apart")), place)
    # What has so many dead is told by several means.
    kind[(number >= UNIQUE_DEATHS) & (kind == code("types differ"))] = code("type unsaid")
    clues = [
        (choose(len(one), (apart, "apart"), (near, "prior")), None),
        (np.where(near, place, NONE), None),
        (np.where(near, np.where(unsaid, code("day unsaid"), day), NONE), np.where(unsaid, 1.0, late)),
        (np.where(near, kind, NONE), None),
    ]
    rest = _further(a.at(near), b.at(near), war[near], attack[near], number[near])
    for codes, amounts in rest:
        at, much = np.full(len(one), NONE), np.ones(len(one))
        at[near] = codes
        if amounts is not None:
            much[near] = amounts
        clues.append((at, much))
    ones = np.ones(len(one))
    return Features(
        clues=np.array([codes for codes, _ in clues], np.int16),
        amounts=np.array([ones if amounts is None else amounts for _, amounts in clues]),
        possible=possible,
        war=war,
    )


def in_a_war(a: Side, b: Side) -> Mask:
    """Whether much of the same kind may happen nearby every day, and be told together: clues then say less."""
    war: Mask = a.war | b.war
    return war


def _place(a: Side, b: Side, war: Mask) -> Codes:
    place = places(a, b)
    # Two villages of one province that are told by name are two, though neither may have a point.
    vague = np.flatnonzero(war & among(place, "place in the province", "same province"))
    place[vague[_named_apart(a.at(vague), b.at(vague))]] = NONE
    unsure = np.flatnonzero(~war & ((place == NONE) | among(place, *_UNSURE)))
    one, other = a.at(unsure), b.at(unsure)
    both = (share(one, other, "spelt", "words") > 0) | (share(other, one, "spelt", "words") > 0)
    place[unsure[both]] = code("place told by both")
    return place


def _named_apart(a: Side, b: Side) -> Mask:
    """Whether each tells a name that the other has not, neither is the province's, and neither text has the other's."""
    told_by_other = (share(a, b, "spelt", "words") > 0) | (share(b, a, "spelt", "words") > 0)
    named = (told(a, "names") > 0) & (told(b, "names") > 0) & ~a.capital & ~b.capital
    apart: Mask = named & (share(a, b, "consonants") == 0) & ~told_by_other
    return apart


def _incomparable(a: Side, b: Side, war: Mask, place: Codes, day: Codes) -> Mask:
    """Whether the two share no outcome, and neither one spot on one day, where that would tell events apart."""
    vague = np.flatnonzero(war | (a.level != POINT) | (b.level != POINT))
    one_event = among(place, *_SAME_SPOT) & among(day, *_SAME_DAY)
    incomparable = np.zeros(len(war), np.bool_)
    incomparable[vague] = ~one_outcome(a.at(vague), b.at(vague)) & ~one_event[vague]
    return incomparable


def _apart(a: Side, b: Side, war: Mask, two_places: Mask, two_days: Mask, number: Rows) -> Mask:
    """Whether places or days tell two incidents, and nothing that they share makes it likely that they were misread."""
    apart = two_places | two_days
    doubted = np.flatnonzero(apart)
    one, other, war = a.at(doubted), b.at(doubted), war[doubted]
    kin = np.maximum(np.where(war, 0, kinship(one, other)), counted_alike(one, other))
    kin = np.maximum(kin, 2 * (number[doubted] >= np.where(war, UNIQUE_DEATHS, TELLING_DEATHS)))
    distance = two_places[doubted] + 2 * two_days[doubted]
    apart[doubted] = (persons(one, other) == 0) & (distance > kin)
    return apart


def _further(a: Side, b: Side, war: Mask, attack: Mask, number: Rows) -> list[tuple[Codes, Amounts | None]]:
    """The clues of pairs whose places and days may be one."""
    pairs = len(war)
    killed, many = figures("killed", a, b)
    differ, rises = killed == code("killed differ"), risen(a, b)
    little = (killed == code("killed alike, in vague words")) & (says_little(a, b) | says_little(b, a))
    part = differ & (attack | of_a_group(a, b, war))
    many[part] = 1.0
    killed = choose(
        pairs,
        (part, "killed of a group"),
        # After a disaster or a crash more and more dead are found.
        (differ & (a.type == b.type) & found(a, b) & rises, "killed risen"),
        (differ & war & ~rises, "killed fallen"),
        (little, "killed in a vague word and a number"),
        (np.ones(pairs, np.bool_), killed),
    )
    own_texts = a.article != b.article
    twins = np.ones(pairs, np.bool_)
    for outcome in ("killed", "injured"):
        for end in ("low", "high", "told"):
            twins &= getattr(a, f"{outcome}_{end}") == getattr(b, f"{outcome}_{end}")
    large = choose(
        pairs,
        (number >= UNIQUE_DEATHS, "so many killed"),
        (number >= TELLING_DEATHS, "the same large number killed"),
    )
    mishaps = choose(pairs, (found(a, b) & several(a) & several(b), "mishaps with many dead"))
    attacked = choose(pairs, (attack, "of an attack with so many dead"))
    sited, one_site = (told(a, "sites") > 0) & (told(b, "sites") > 0), share(a, b, "sites") > 0
    sites = choose(
        pairs,
        (sited & ~one_site, "no kind of site in common"),
        # Where the towns or the days are known, this says no more.
        (sited & ((a.level != POINT) | (b.level != POINT)) & ~(a.dated & b.dated), "the same kind of site"),
    )
    actors = choose(
        pairs,
        (share(a, b, "actors") > 0, "actors"),
        ((a.side > 0) & (b.side > 0) & (a.side != b.side), "doers of two sides"),
    )
    dead = choose(pairs, ((a.dead > 0) & (b.dead > 0) & (a.dead != b.dead), "civilians and fighters"))
    texts = [(np.where(own_texts | ~twins, codes, NONE), amounts) for codes, amounts in text_clues(a, b)]
    copied = choose(pairs, (own_texts, ""), (twins, "one text, copied"), otherwise="one text, updated")
    alone = [(codes, None) for codes in (large, mishaps, attacked, sites, actors, dead, copied)]
    return [(killed, many), figures("injured", a, b), *alone, *texts]


def scores(mentions: Mentions, one: Rows, other: Rows) -> Amounts:
    """The sums of the clues' scores of pairs of rows, in whole hundredths; VETO for what cannot be one incident."""
    sums = np.empty(len(one))
    for start in range(0, len(one), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        seen = features(mentions, one[part], other[part])
        sums[part] = np.where(seen.possible, _hundredths(seen).sum(axis=0), VETO)
    return sums


def clues(mentions: Mentions, one: Rows, other: Rows) -> list[tuple[Clue, ...] | None]:
    """The clues for and against, of each pair of rows; None where the two cannot be one incident."""
    seen = features(mentions, one, other)
    hundredths = _hundredths(seen).astype(np.int64)
    rows = zip(seen.possible.tolist(), seen.clues.T.tolist(), hundredths.T.tolist(), strict=True)
    return [
        tuple(_clue(name, score) for name, score in zip(names, scores, strict=True) if score) if possible else None
        for possible, names, scores in rows
    ]


@cache
def _clue(name: int, score: int) -> Clue:
    return Clue(name=clue_names()[name], score=score / 100)


def _hundredths(seen: Features) -> Amounts:
    weights = np.where(seen.war, _weights(True)[seen.clues], _weights(False)[seen.clues])
    rounded: Amounts = np.rint(100 * weights * seen.amounts)
    return rounded


@cache
def _weights(war: bool) -> Amounts:
    """By clue; the last, which NONE finds, is 0."""
    read = read_weights()
    weights = read["weights"] | (read["war"] if war else {})
    return np.array([*(weights[name] for name in clue_names()), 0.0])


def compare(a: LinkedReport, b: LinkedReport) -> tuple[Clue, ...] | None:
    """The clues for and against two reports being of one incident; None where they cannot be."""
    mentions = Mentions()
    mentions.add([a, b])
    return clues(mentions, np.array([0]), np.array([1]))[0]
