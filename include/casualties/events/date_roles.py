"""What a date in a sentence is the date of: of the deed, of its telling or hearing, of the paper, or a start."""

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date

from casualties.events.date_rules import vocabulary
from casualties.events.dates import DateMention, find_dates
from casualties.events.drafts import Report
from casualties.events.tokens import Sentence
from casualties.events.words import REPORT, TRIGGER

_HEARD = 7  # words around a day among which a hearing is looked for
_BARE_SINCE = 4  # words of "since 3 May 2014": of more, the rest tells what was done then
_SINCE_WHEN = re.compile(r",? (?:when|in which) [^,;]*$")
_SINCE_DEED = re.compile(r",? (?:(?:when|in which) [^,;]*|(?:killing|leaving|wounding|injuring)\b(?: [\w-]+)*)$")
_CLAUSE = re.compile(r"[;:]|,(?=.*\S)")  # a comma right before the figure's verb opens none: ", killing 90"


def is_since(sentence: Sentence, mention: DateMention) -> bool:
    """ "the worst since the escalation in late April": the start of something else."""
    k = bisect_left(sentence.starts, mention.start) - 1
    for j in range(k, max(-1, k - 8), -1):
        if sentence.low[j] == "since":
            return True
        if sentence.bits[j] & TRIGGER or sentence.low[j] in (",", ";"):
            return False
    return False


def is_printed(sentence: Sentence, mention: DateMention) -> bool:
    """The paper's own date at the head of the text."""
    if (
        sentence.field != "text"
        or mention.start > 60
        or mention.start - sentence.start > 30
        or mention.end - mention.start < 8
    ):
        return False
    before = sentence.text[: mention.start - sentence.start].lower().split()
    phrase = (mention.span.phrase or "").lower()
    leads = vocabulary()["words"]["before_a_day"]
    return (
        any(c.isdigit() for c in phrase)
        and "[" not in phrase
        and "(" not in phrase
        and not (before and before[-1] in leads)
        and phrase.split()[0] not in leads
    )


def of_statement(sentence: Sentence, mention: DateMention) -> bool:
    """ "... the monitor said on Friday": the day of the telling, not of the event, as "Friday's raid" is."""
    if any(sentence.text[: end - sentence.start].endswith(("'s", "’s")) for end in (mention.end, mention.end + 2)):
        return False
    k = bisect_left(sentence.starts, mention.start) - 1
    steps = 0
    while k >= 0 and steps < 4:
        word, b = sentence.low[k], sentence.bits[k]
        if b & REPORT and word not in ("reports", "report", "estimated"):
            return True
        if b & TRIGGER or word in (",", ";", ".", "in", "at", "that", "near", "for"):
            return False
        k, steps = k - 1, steps + (word not in ("on", "late", "early", "earlier"))
    return False


def of_hearing(sentence: Sentence, mention: DateMention) -> bool:
    """Whether a day is that on which an old deed was judged or remembered: "told an inquest on Tuesday"."""
    if mention.span.precision != "day" or mention.kind != "point":
        return False
    words = vocabulary()["words"]["hearings"]
    first, last = bisect_left(sentence.starts, mention.start), bisect_left(sentence.starts, mention.end)
    return any(
        not sentence.bits[k] & TRIGGER and sentence.low[k] in words
        for steps in (range(first - 1, max(-1, first - _HEARD), -1), range(last, min(last + _HEARD, len(sentence.low))))
        for k in steps
    )


def is_led_in(sentence: Sentence, mention: DateMention, anchor: int) -> bool:
    """Whether a figure at ``anchor`` stands in the clause that a mention such as "a month after" opens."""
    between = sentence.text[mention.end - sentence.start : max(0, anchor - sentence.start)]
    return anchor > mention.end and not _CLAUSE.search(between)


def day_of_deed(report: Report, mention: DateMention, published: date | None) -> DateMention:
    """The day alone of "since 3 May, when a row left 9 dead", "since it raided a town on 3 May, killing 9"."""
    sentence, first = report.sentence, min(report.first, report.mentions[0].trigger)
    words = sentence.text[mention.start - sentence.start : mention.end - sentence.start]
    between = sentence.text[mention.end - sentence.start : sentence.ends[first] - sentence.start]
    opened = _SINCE_WHEN if len(words.split()) <= _BARE_SINCE else _SINCE_DEED
    if mention.kind != "since" or mention.start > sentence.starts[first] or not opened.match(between):
        return mention
    days = find_dates(f"in {words.partition(' ')[2]}", published)  # a month is one after "in"
    return replace(mention, kind="point", span=days[0].span) if days else mention
