"""Who was shot and died is no wounded person beside the dead one: one victim told of in several sentences."""

import re
from dataclasses import dataclass

from casualties.events.drafts import Report, value
from casualties.events.phrases import group_of
from casualties.events.tokens import SHORT_NEWS, Sentence
from casualties.events.told import Mention
from casualties.events.words import pattern, tables

_AGE = re.compile(r"\b(\d{1,3})[- ]years?[- ]olds?\b|, (\d{1,3})\b")
HURT_LATER = frozenset(("hospital", "condition", "suffered"))  # what may be told of a victim before he died
_STABBED = frozenset(("stabbed", "stabbing", "stabs", "knifed", "poisoned", "poisoning", "mauled"))
_IN_CARE = frozenset(("hospitalised", "hospitalized"))
_NEAR = 12  # sentences


@dataclass(frozen=True, slots=True)
class _Person:
    age: str
    sex: str
    role: str
    names: frozenset[str]


def _person(mention: Mention) -> _Person:
    sentence = mention.sentence
    low = sentence.low[mention.first : mention.last]
    text = " ".join(sentence.low[mention.first : mention.last + 2])
    age = _AGE.search(text)
    sets = tables().sets
    sex = next((name for name in ("male", "female") if not sets[f"wounds.{name}"].isdisjoint(low)), "")
    role = "doer" if not sets["wounds.doers"].isdisjoint(low) else group_of(sentence, mention.first, mention.last)
    role = role if role in ("doer", "security_forces") else ""
    words = sentence.words[mention.first : mention.last]
    names = frozenset(w for w in words if w[0].isupper()) if mention.kind == "named" else frozenset()
    return _Person((age.group(1) or age.group(2)) if age else "", sex, role, names)


def _may_be_one(a: Mention, b: Mention) -> bool:
    if a.other or b.other:
        return False
    p, q = _person(a), _person(b)
    if p.age and q.age:
        return p.age == q.age
    if p.names and q.names:
        return bool(p.names & q.names)
    return p.role == q.role and (p.sex == q.sex or not p.sex or not q.sex)


_HARM = frozenset(("passive", "active", "reduced passive", "nominal", "gerund", "present", "headline", "perfect"))


def count_the_dead(reports: list[Report], sentences: list[Sentence]) -> None:
    """Make the one who was hurt a dead one where a short story tells nothing of it but what befalls the dead."""
    told = [m for r in reports for m in r.mentions]
    hurt = all(m.outcome == "injured" and m.low == m.high == 1 and m.rule in _HARM for m in told)
    if not told or not hurt or len(sentences) > SHORT_NEWS or not any(m.hit or _is_stabbed(m) for m in told):
        return
    text = " ".join(sentence.text.lower() for sentence in sentences)
    dead = pattern("wounds.died_of_it").search(text) or any(_is_mourned(m) for m in told)
    if dead and not pattern("wounds.attempted").search(text):
        for mention in told:
            mention.outcome, mention.hit = "killed", False


def leave_out_the_dead(reports: list[Report]) -> None:
    """Take out of the wounded those that other sentences tell to have died of it.

    "A boy, 12, was shot ... The boy died" has nobody wounded; "four men were shot ... one of them died" has three.
    """
    dead = [(r, m) for r in reports if not r.toll for m in r.mentions if m.outcome == "killed" and value(m)]
    dead = [(r, m) for r, m in dead if not m.breakdown]
    wounded = {value(m) for r in reports for m in r.mentions if m.outcome == "injured" and not m.hit}
    for report in reports:
        own = report.of("killed")
        if own is not None and own.low == own.high == 1:  # "he was hospitalised and died"
            report.mentions = [m for m in report.mentions if m.outcome != "injured" or not _is_taken_in(m)]
        if not dead or own is not None:
            continue
        for mention in [m for m in report.mentions if _is_one_gone(m)]:
            if any(value(m) == 1 and _may_be_one(mention, m) for r, m in dead if _is_near(r, report)):
                report.mentions.remove(mention)
        for mention in [m for m in report.mentions if m.outcome == "injured" and not m.breakdown]:
            if not mention.hit and not _is_stabbed(mention) and mention.rule not in HURT_LATER:
                continue
            near = [m for r, m in dead if _is_near(r, report)]
            if mention.hit and mention.kind == "some" and near and max(map(value, near)) > value(mention):
                report.mentions.remove(mention)  # "killed hundreds; they were shot at the border"
                continue
            near = [
                m for m in near if value(mention) == 1 or _person(m).role != "doer" or _person(mention).role == "doer"
            ]
            if value(mention) == 1 and any(value(m) == 1 and _may_be_one(mention, m) for m in near):
                report.mentions.remove(mention)
            elif value(mention) > 1 and mention.hit and near and value(mention) not in wounded:
                _take_off(report, mention, max(value(m) for m in near))


def _is_taken_in(mention: Mention) -> bool:
    return mention.kind == "pronoun" and mention.sentence.low[mention.trigger] in _IN_CARE


def _is_mourned(mention: Mention) -> bool:
    """ "Mourning her son, who was shot": the victim himself, not a town or another funeral."""
    before = mention.sentence.low[max(0, mention.first - 3) : mention.first]
    return not tables().sets["wounds.mourned"].isdisjoint(before)


def _is_stabbed(mention: Mention) -> bool:
    return mention.sentence.low[mention.trigger] in _STABBED


def _is_one_gone(mention: Mention) -> bool:
    return (
        mention.outcome == "missing"
        and mention.low == mention.high == 1
        and mention.rule in ("adjective", "subject", "attributive")
    )


def _is_near(a: Report, b: Report) -> bool:
    return "title" in (a.sentence.field, b.sentence.field) or abs(a.sentence.index - b.sentence.index) <= _NEAR


def _take_off(report: Report, mention: Mention, died: int) -> None:
    if died == value(mention):
        report.mentions.remove(mention)
    elif died < value(mention) and mention.low is not None:
        mention.low -= died
        mention.best = mention.best - died if mention.best is not None else None
        mention.high = mention.high - died if mention.high is not None else None
