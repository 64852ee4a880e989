"""Whether a figure is cumulative: told of a period or a whole war, not of one event."""

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from casualties.events.date_rules import vocabulary
from casualties.events.dates import DateMention
from casualties.events.drafts import Report
from casualties.events.words import load

_PERIOD_KINDS = frozenset(("since", "so_far", "window"))
_SINCE = re.compile(
    r"\b(?:so far|to date|until now|up to now|thus far|all told|over the years|since then|ever since"
    r"|since (?:it|they) began|since the (?:start|beginning|outbreak|uprising|revolution|war|conflict|launch|onset))\b"
)
_UNITS = r"(?:days|weeks|months|years|decades|month|year|decade)"
_WARS = r"(?:war|conflict|civil war|uprising|insurgency|crisis|campaign|siege|offensive|bombardment)"
_SPAN = re.compile(
    r"\b(?:(?:in|over|during|within|for|throughout|of) (?:the )?(?:past|last|previous|recent|first)"
    rf" (?:few |several |couple of )?(?:[\w-]+ )?{_UNITS}"
    r"|(?:in|over|during) (?:the same|that|this) period"
    r"|(?:this|last) year|in recent (?:days|weeks|months|years)|in (?:[\w-]+ )?(?:years|months|weeks) of"
    rf"|in as many {_UNITS}"
    r"|(?:over|in|after|than|for) (?:more than |nearly |almost |about |over )?[\w-]+ (?:weeks|months|years)\b"
    r"|(?:over|in) (?:one|a|the) (?:week|month|year)\b"
    r"|during the (?:year|war|conflict|civil war|uprising|revolution|campaign)"
    rf"|[\w-]+-(?:year|month|week)(?:-old|-long)? {_WARS})"
)
# "the war between the two clans has already claimed 120 lives"
_WAR_TAKES = re.compile(
    r"\b(?:war|conflict|uprising|revolt|rebellion|insurgency|revolution|(?<!hostage )crisis)\b"
    r"(?! (?:veteran|criminal|crime|hero|reporter|correspondent|photographer|widow|plane|ship)s?\b)"
    r"(?:(?! who )[^.,;]){0,60}?\b(?:has|have) (?:\w+ )?"
    r"(?:claimed|killed|left|cost|taken|caused|displaced|uprooted|driven|forced|resulted)\b"
)
_SUPERLATIVE = re.compile(
    r"\b(?:first|worst|biggest|deadliest|largest|highest|bloodiest|most|heaviest|record|fiercest)\b"
)
WAR = re.compile(r"\b(?:war|conflict|uprising|revolt|rebellion|insurgency|revolution|crisis)\b")
# What goes on for days; and what happened once.
CAMPAIGN = re.compile(
    r"\b(?:air ?strikes|(?:air )?raids|strikes|attacks|bombs|bombardments?|shelling|offensive|fighting|clashes"
    r"|air (?:campaign|assault|war)|onslaught|ground (?:assault|invasion|operation)"
    r"|(?:continued|continuing|relentless|ongoing|heavy|intense|intensive) (?:\w+ )?bombing)\b"
)
ONCE = re.compile(
    r"(?:\b(?:an?|the|one|single|this)|['’]s?) (?:[\w-]+ ){0,3}?"
    r"(?:attack|strike|airstrike|raid|blast|explosion|bombing|massacre|quake|earthquake|incursion"
    r"|invasion|onslaught|rampage|ambush|assault on)\b"
)
_DAY = re.compile(r"\b(?:in|within|over) (?:just |only )?(?:a|one)(?: single)? day\b|\b(?:24|48) hours\b|\bovernight\b")
_TWO_ENDS = re.compile(r"^(?:between|from) |\d ?(?:\b(?:to|and|until|through)\b|[-–]) ?\d", re.IGNORECASE)
_LONGEST_EVENT = 2  # days; a figure of a longer period is a toll
_STATES = {"missing": ("adjective", "sought", "attributive"), "abducted": ("hostages", "taken hostage")}
_STATE_SINCE = re.compile(r"\b(?:missing|unaccounted for|hostage|captive|held|in captivity)(?: \w+){0,2} since\b")
_OF_A_CAMPAIGN = 200  # so many are killed in many strikes, not in one


# "the latest deaths take the number of those killed in the area to 140", "four deaths in as many months"
_RUNNING = re.compile(
    r"\blatest (?:deaths|killings|fatalities|casualties)\b.{0,20}\b(?:takes?|took|brings?|brought|raise|push)\b"
    r"|\bin as many (?:weeks|months|years)\b"
    r"|\b(?:deaths|fatalities|injuries) (?:(?:were|have been|are) )?reported (?:among|world|nation)"
)


def is_range(when: DateMention | None) -> bool:
    """Whether a date is a stretch of more than two days, told by its two ends: "between 21 and 26 May"."""
    return (
        when is not None
        and when.kind == "point"
        and _TWO_ENDS.search(when.span.phrase or "") is not None
        and (when.span.end - when.span.start).days > _LONGEST_EVENT
    )


_OF_A_DEED = 2  # which of the patterns below reads "six days of clashes"


class Lasting(NamedTuple):
    """For how long a deed went on: "a five-day assault", "six days of clashes", "in two years", "lasted a decade"."""

    number: int
    unit: str
    words: str
    named: bool  # with what went on, as in the first two
    adjective: bool  # as in the first


def _of_campaign(when: DateMention) -> bool:
    """Whether a period is that of what began and goes on: "the offensive begun on Monday has left 90 dead"."""
    return when.kind == "since" and not (when.span.phrase or "").lower().startswith("since")


@cache
def _lasting() -> tuple[re.Pattern[str], ...]:
    table = load("tolls")["lasting"]
    number = "|".join((*vocabulary()["numbers"], "[0-9]{1,3}"))
    about, over, long = ("|".join(table[name]) for name in ("about", "over", "long"))
    unit = "days?|weeks?|fortnights?|months?|years?|decades?"
    several = (
        rf"(?:(?:{about}) ){{0,3}}(?P<number>{number}) (?:straight |consecutive |successive |long )?(?P<unit>{unit})"
    )
    apart, length, what = "(?: ?- ?| )", "(?P<unit>day|week|month|year|decade)", rf"(?:[\w-]+ ){{0,2}}?(?:{long})\b"
    return (
        re.compile(rf"\b(?P<number>{number}){apart}{length}{apart}(?:long|old) {what}"),
        re.compile(rf"\b(?P<number>{number})(?: ?- ?|(?<!\ba)(?<!\ban)(?<!\bone) ){length} {what}"),
        re.compile(rf"\b{several} of (?:[\w-]+ ){{0,3}}?(?:{long})\b"),
        re.compile(rf"\b(?:{over}) {several}\b(?! (?:after|ago|before|later|earlier|old|since|or|to|and|of)\b)"),
    )


@cache
def _gone_through() -> tuple[str, ...]:
    return tuple(f" {word} " for word in load("tolls")["lasting"]["gone_through"])


def lasted(text: str) -> Lasting | None:
    """How long that went on of which a text in lower case tells, if it says so."""
    for order, pattern in enumerate(_lasting()):
        found = pattern.search(text)
        if found and not (order == _OF_A_DEED and text[: found.start()].endswith(_gone_through())):
            number = found["number"]
            count = int(number) if number.isdigit() else vocabulary()["numbers"][number]
            return Lasting(count, found["unit"].removesuffix("s"), found.group(), named=order < 3, adjective=order < 2)
    return None


@cache
def _gone_by() -> re.Pattern[str]:
    """ "Ten years since the ferry sank": but not "in the ten years since the vote"."""
    table = load("tolls")["gone_by"]
    opens, over, about, units = ("|".join(table[name]) for name in ("opens", "over", "about", "units"))
    return re.compile(rf"(?:{opens})(?!(?:{over}) )(?:(?:{about}) )?(?:\w+ )?[\w-]+ (?:{units})$")


def _since_something(report: Report, text: str, when: DateMention | None) -> bool:
    """ "have been killed since the offensive began": but not "the worst attack since", or "since May, when 9 died"."""
    before, found, _ = text.partition(" since ")
    sentence = report.sentence
    dated = when is not None and when.kind == "point"
    if (
        not found
        or (dated and when is not None and sentence.text.lower().startswith("since ", when.start - sentence.start))
        or _gone_by().search(before)
        or (when is not None and when.kind == "since" and (when.span.end - when.span.start).days <= 2)
    ):
        return False
    return _SUPERLATIVE.search(before[-60:]) is None


def _is_campaign(text: str) -> bool:
    """ "Killed in a five-day assault": what went on for more than two days is no event."""
    found = lasted(text)
    return found is not None and found.named and (found.unit != "day" or found.number > _LONGEST_EVENT)


def _is_series(report: Report, when: DateMention | None) -> bool:
    """ "A string of bombings in February": several events, told with a stretch of more than two days."""
    many = load("tolls")["lasting"]["many"]
    told = when is not None and when.kind == "point" and (when.span.end - when.span.start).days > _LONGEST_EVENT
    return told and any(
        word in many and following == "of"
        for word, following in pairwise(report.sentence.low[report.begin : report.end])
    )


def _is_state(report: Report) -> bool:
    """ "Held hostage since Saturday": one event that lasts."""
    return all(m.rule in _STATES.get(m.outcome, ()) for m in report.mentions)


def toll_rule(report: Report, text: str, when: DateMention | None, title: str = "") -> str:
    """The name of the rule by which a report is a toll, empty for none.

    ``text`` is its own stretch in lower case, ``when`` the date told in it, ``title`` that of the article.
    """
    state = _is_state(report) or _STATE_SINCE.search(text) is not None
    if state and when is not None and when.kind == "since":
        return ""
    if (
        when is not None
        and when.kind in _PERIOD_KINDS
        and ((when.span.end - when.span.start).days > _LONGEST_EVENT or _of_campaign(when))
    ):
        return when.kind
    if is_range(when):
        return "period"
    if _SINCE.search(text) or _RUNNING.search(text) or _since_something(report, text, when):
        return "since"
    on_a_day = when is not None and when.kind == "point" and when.span.precision == "day"
    if (_SPAN.search(text) or _is_campaign(text)) and not on_a_day:
        return "span"
    if _is_series(report, when):
        return "period"
    counted = any(m.rule == "toll noun" for m in report.mentions)
    large = not report.fleeing and any((m.best or m.low or 0) >= 1000 for m in report.mentions)
    if WAR.search(text) and (counted or large or _WAR_TAKES.search(text)):
        return "war"  # "the death toll of the war rises to 22"
    many = any(m.outcome == "killed" and (m.best or m.low or 0) >= _OF_A_CAMPAIGN for m in report.mentions)
    once = ONCE.search(text) or _DAY.search(text)
    if many and counted and when is None and not once and WAR.search(title.lower()):
        return "war"  # "what we know of the war: death toll passes 1,300"
    if many and when is None and not once and report.type != "disaster" and CAMPAIGN.search(text):
        return "campaign"
    return ""


def is_cumulative(report: Report, text: str) -> bool:
    """Whether a report certainly counts what more than two days, or more than one event, have cost."""
    when = report.when
    told = when is not None and (when.span.end - when.span.start).days > _LONGEST_EVENT
    since = report.toll in ("since", "window") and when is not None and when.kind in ("since", "window") and told
    campaign = when is None and _is_campaign(text)
    return since or campaign or is_range(when) or _RUNNING.search(text) is not None


def share_period(one: Report, following: Report) -> None:
    """ "90 of theirs and 800 of ours killed since May": both are of the period."""
    between = one.sentence.low[one.last : following.first]
    period = following.when is not None and following.when.kind in ("since", "window")
    if one.when is None and period and between in (["and"], [",", "and"]):
        one.when, one.toll, one.cumulative = following.when, following.toll, following.cumulative


_RATE = re.compile(
    r"(?<!\bfor )(?<!\bin )(?<!\bover )(?<!\bthan )(?<!\bwithin )(?<!\bnearly )(?<!\balmost )(?<!\babout )(?<!\bsuch )"
    r"\b(?:a (?:day|year|month)(?!['’]| (?:after|before|earlier|later|ago|of|when|long)\b)|per day|per year"
    r"|every (?:day|year|month|week|hour)|each (?:day|year|month|week)"
    r"|per month|annually|on average|per 100,000)\b"
)


def is_rate(text: str) -> bool:
    """ "420 a day": no figure of an event; "a day's walk" is no rate."""
    return bool(_RATE.search(text))
