"""When things happened: dates in a text, resolved with its day of publication by the rules of docs/codebook.md."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from string import ascii_lowercase, ascii_uppercase

from casualties.events import date_rules as rules
from casualties.events import date_windows as windows
from casualties.events.date_rules import Found, Token
from casualties.model import DateSpan

_TOKEN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d+(?:st|nd|rd|th)?\b|\d+|[^\sA-Za-z\d]")
_Rule = Callable[[list[Token], int, date | None], Found | None]
# "since the uprising began in March 2011": the words between, and what may stand right before the date
_BEGAN = re.compile(
    r"\bsince\b[^.;:\n]{0,120}$"
    r"|\b(?:conflict|war|uprising|revolt|revolution|insurgency|crisis|fighting|protests|rebellion|offensive|campaign"
    r"|operation|unrest)\b[^.;:\n]{0,40}\b(?:began|begun|started|erupted|broke out|flared|launched)\s+(?:\w+\s+){0,4}$",
    re.IGNORECASE,
)
_BEGINNING = re.compile(
    r"\b(?:began|begun|started|erupted|broke out|launched|start|beginning|outbreak|flared|declared|took over|seized)\b"
    r"[^.;:\n]{0,60}$",
    re.IGNORECASE,
)
# Lower case that keeps every offset, unlike str.lower().
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
_ON_OR_IN = re.compile(r"(?<!\w)(?:on|in) $", re.IGNORECASE)
_BESIDE = 25  # characters between a day and what is counted from it
# "since the rebels' attack on 3 May", but not "the worst since"; and no one's death
_SINCE_DEED = re.compile(
    r"^(?!.*\b(?:first|worst|biggest|deadliest|largest|highest|bloodiest|most|heaviest)\b.{0,60}$).*"
    r"\b(since) (?:(?!kill|die|dead|shot|wound|injur)[\w'’-]+ ){1,7}$",
    re.IGNORECASE | re.DOTALL,
)
_SINCE_THEN = re.compile(r"\bsince then\b|\bever since\b")
_SINCE_START = re.compile(r"(?:the )?(?:start|beginning|outset) of (the|this|last) (year|month|week)\b")
# "the worst attack since 2003", "the first one since May": but not "most of those killed since May", and not "the
# first lady said that nine had died since May"
_SUPERLATIVE_SINCE = re.compile(
    r"\b(?:first|worst|biggest|deadliest|largest|highest|bloodiest|heaviest|fiercest"
    r"|most (?!of\b|civilians\b|people\b|victims\b)[a-z]+)\b"
    r"(?:(?! (?:said|says) | (?<!to )(?:has|have|had) (?:been )?(?:died|injured|killed|lost|wounded)\b)"
    r"[^,;.:\n]){0,60}$",
    re.IGNORECASE,
)
# what began on a day and has gone on: "the offensive begun on 3 May has left 90 dead"
_GOES_ON = re.compile(r"[^.;\n]{0,160}?\b(?:has|have) (?:\w+ )?(?:\w+(?:ed|en|ne)|left|cost|led|brought|taken|seen)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date as one stretch of text tells it. Offsets are code points, end exclusive.

    ``kind``: ``point`` (when something was), ``since`` (from then to publication), ``so_far`` (this month, this year),
    ``window`` (the past N days), ``relative`` (from the date told at ``anchor``; from publication where that is None).
    ``aftermath``: what comes after the words was then ("a month after the quake killed 90").
    """

    start: int
    end: int
    span: DateSpan
    kind: str
    anchor: int | None = None  # start of the mention that a relative one counts from
    aftermath: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """``BEIRUT, March 4 (Agency) --`` at the head of a text."""

    end: int
    place_start: int
    place_end: int
    place: str
    date: date | None


# ---------------------------------------------------------------- dates


@cache
def _triggers() -> dict[str, _Rule]:
    words = rules.vocabulary()
    found: dict[str, _Rule] = {}
    for word in (*words["weekdays"], *words["weekdays_short"]):
        found[word] = rules.weekday
    for word in words["months"]:
        found[word] = rules.month
    for word in ("today", "tonight", "yesterday", "overnight", *words["words"]["times_of_day"]):
        found[word] = windows.named_day
    for word in words["units"]:
        found[word] = windows.unit
    found["anniversary"] = windows.anniversary
    return found


@cache
def _relatives() -> tuple[re.Pattern[str], dict[str, int]]:
    shifts: dict[str, int] = rules.vocabulary()["relative"]
    longest_first = sorted(shifts, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b(?! yesterday)"), shifts


def find_dates(text: str, published: date | None) -> list[DateMention]:
    """Dates of a text in order, never overlapping. Without ``published`` only those that tell their year.

    Follows the codebook: "on Monday" is the most recent Monday not after publication, the day itself included;
    "last week" the Monday to Sunday before; "overnight" the two days up to publication. Counts, ages and verbs
    ("may", "march") are never dates.
    """
    tokens = [Token(m.group(), m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    triggers = _triggers()
    founds: list[Found] = []
    for i, token in enumerate(tokens):
        rule = triggers.get(token.low) or triggers.get(token.low.removesuffix("'s").removesuffix("’s"))
        found = None
        if rule is not None:
            found = rule(tokens, i, published)
        elif token.text[0].isdigit():
            found = rules.numeric(tokens, i, published) or rules.bare_year(tokens, i, published)
        if found is not None:
            while founds and founds[-1].last >= found.first and _wider(found, founds[-1]):
                founds.pop()
            if not founds or founds[-1].last < found.first:
                founds.append(found)
    told = [found for found in _ranges(tokens, founds) if not _is_record(text, tokens, found)]
    mentions = [_mention(text, tokens, found, published) for found in told]
    if published is None:
        return mentions
    plain = text.translate(_LOWER)
    mentions += _relative(text, plain, mentions, published) + _since_start(text, plain, published)
    mentions += [
        DateMention(
            start=m.start(), end=m.end(), span=DateSpan(start=published, end=published, phrase=m.group()), kind="since"
        )
        for m in _SINCE_THEN.finditer(plain)
    ]
    return _anchored(sorted(mentions, key=lambda m: (m.start, -m.end)), published)


def _wider(new: Found, old: Found) -> bool:
    return new.last - new.first > old.last - old.first or (new.last > old.last and new.first <= old.first)


def _ranges(tokens: list[Token], founds: list[Found]) -> list[Found]:
    """``from March to May 2014`` and ``between 2011 and 2014`` are one period."""
    merged: list[Found] = []
    for found in founds:
        if merged and merged[-1].kind == found.kind == "point" and found.first - merged[-1].last == 2:
            if (
                tokens[found.first - 1].low == "and" and (found.start - merged[-1].start).days == 1
                and merged[-1].start == merged[-1].end and found.start == found.end
            ):  # fmt: skip
                merged[-1] = Found(
                    merged[-1].first, found.last, merged[-1].start, found.end
                )  # "on Friday and Saturday"
                continue
            if _is_bracketed(tokens, found) and merged[-1].precision == found.precision == "day":
                merged[-1] = Found(merged[-1].first, found.last + 1, found.start, found.end)  # "yesterday [18 August]"
                continue
            last, opener = merged[-1], tokens[merged[-1].first - 1].low if merged[-1].first else ""
            joint = tokens[found.first - 1].low
            if (opener, joint) in (
                ("between", "and"),
                ("between", "to"),
                ("from", "to"),
                ("from", "until"),
                ("from", "through"),
            ) and last.start <= found.end:
                merged[-1] = Found(last.first - 1, found.last, last.start, found.end, "period")
                continue
        merged.append(found)
    return merged


def _is_bracketed(tokens: list[Token], found: Found) -> bool:
    return tokens[found.first - 1].text in ("[", "(") and rules.word_at(tokens, found.last + 1) in ("]", ")")


def _is_record(text: str, tokens: list[Token], found: Found) -> bool:
    """Whether a date is only the one before: "the worst attack since 2003"."""
    before = found.first - 1
    if rules.word_at(tokens, before) != "since":
        return False
    return _SUPERLATIVE_SINCE.search(text[max(0, tokens[before].start - 90) : tokens[before].start]) is not None


def _mention(text: str, tokens: list[Token], found: Found, published: date | None) -> DateMention:
    first, start, end, kind, precision = max(found.first, 0), found.start, found.end, found.kind, found.precision
    before = tokens[first - 1].low if first else ""
    if before == "since" and kind in ("point", "so_far") and published is not None and start <= published:
        ends = any(token.low == "end" for token in tokens[first : found.last])  # "since the end of May"
        start = end if ends and end <= published else start
        first, end, kind, precision = first - 1, published, "since", "period"
    begin, stop = tokens[first].start, tokens[found.last].end
    if (
        kind == "point"
        and published is not None
        and start <= published
        and precision in ("month", "year", "period", "day")
    ):
        lead = text[max(0, begin - 160) : begin]
        told = _BEGAN.search(lead)
        goes_on = precision != "day" or (told and told.group()[:5].lower() == "since") or _GOES_ON.match(text, stop)
        if told and _BEGINNING.search(told.group()) and goes_on:
            begin = begin - len(lead) + told.start() if told.group()[:5].lower() == "since" else begin
            end, kind, precision = published, "since", "period"
    if kind == "point" and precision == "day" and published is not None and start < published:
        ahead = max(0, begin - 120)
        if deed := _SINCE_DEED.match(text[ahead:begin]):
            begin, end, kind, precision = ahead + deed.start(1), published, "since", "period"
    span = DateSpan(start=start, end=max(start, end), precision=precision, phrase=_phrase(text, begin, stop))
    if kind == "aftermath":
        return DateMention(start=begin, end=stop, span=span, kind="point", aftermath=True)
    return DateMention(start=begin, end=stop, span=span, kind=kind, anchor=found.shift)


def _phrase(text: str, start: int, end: int) -> str:
    if _ON_OR_IN.search(text, max(0, start - 4), start):
        start -= 3
    return text[start:end]


def _relative(text: str, plain: str, taken: list[DateMention], published: date) -> list[DateMention]:
    pattern, shifts = _relatives()
    busy = {offset for m in taken for offset in range(m.start, m.end)}
    found = []
    for match in pattern.finditer(plain):
        if match.start() in busy or match.end() - 1 in busy:
            continue
        span = DateSpan(start=published, end=published, phrase=text[match.start() : match.end()])
        shift = shifts[match.group()]
        found.append(DateMention(start=match.start(), end=match.end(), span=span, kind="relative", anchor=shift))
    return found


def _since_start(text: str, plain: str, published: date) -> list[DateMention]:
    found = []
    for match in _SINCE_START.finditer(plain):
        week = published - timedelta(days=published.weekday())
        start = {"year": date(published.year, 1, 1), "month": published.replace(day=1), "week": week}[match.group(2)]
        if match.group(1) == "last":
            day = start - timedelta(days=1)
            start = {"year": day.replace(month=1, day=1), "month": day.replace(day=1), "week": week - 7 * rules.DAY}[
                match.group(2)
            ]
        begin = match.start()
        since = text[max(0, begin - 6) : begin].lower() == "since "
        begin -= 6 if since else 0
        span = DateSpan(
            start=start,
            end=published if since else start,
            precision="period" if since else "day",
            phrase=text[begin : match.end()],
        )
        found.append(DateMention(start=begin, end=match.end(), span=span, kind="since" if since else "point"))
    return found


def _anchored(mentions: list[DateMention], published: date) -> list[DateMention]:
    """Give relative dates their days, and "since then" its start; ``anchor`` of a relative one was its shift."""
    done: list[DateMention] = []
    day: DateMention | None = None
    period: DateMention | None = None
    for mention in mentions:
        if done and mention.start < done[-1].end:
            continue
        if mention.kind == "since" and mention.span.start == mention.span.end == published:
            if period is None:
                continue
            span = DateSpan(start=period.span.start, end=published, precision="period", phrase=mention.span.phrase)
            mention = DateMention(start=mention.start, end=mention.end, span=span, kind="since", anchor=period.start)
        elif mention.kind == "relative" and mention.anchor is not None:
            if day is None and mention.anchor > 0:  # "a month later": than what was never told
                continue
            origin = day.span.start if day else published
            shift = mention.anchor
            if day and (mention.span.phrase or "").endswith("after") and mention.start - day.end < _BESIDE:
                shift = -shift  # "on Monday, a day after they were shot": the shooting was the day before
            then = min(origin + timedelta(days=shift), published)
            start, end = _whole(then, mention.span.precision)
            span = DateSpan(start=start, end=end, precision=mention.span.precision, phrase=mention.span.phrase)
            mention = DateMention(
                start=mention.start, end=mention.end, span=span, kind="relative", anchor=day.start if day else None
            )
        elif mention.kind in ("point", "since") and not mention.aftermath:
            period = mention
            if mention.kind == "point" and mention.span.precision == "day":
                day = mention
        done.append(mention)
    return done


def _whole(day: date, precision: str) -> tuple[date, date]:
    """ "Two years earlier" is a year, "a month later" a month."""
    if precision == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if precision == "month":
        return day.replace(day=1), rules.month_end(day.year, day.month)
    return day, day


# ---------------------------------------------------------------- datelines

_DAY = r"(?:[A-Z][A-Za-z]{2,8}\.? \d{1,2}(?:,? \d{4})?|\d{1,2} [A-Z][A-Za-z]{2,8}\.?(?: \d{2,4})?)"
_AGENCY = r"(?:\([^()\n]{2,60}\)|\[[^\[\]\n]{2,60}\])"
_END = r"\s*(?:--+|[—–:|]|-(?=\s))\s*"
_CAPITALS = r"[A-Z][A-Z’'.\-]{2,}(?: [A-Z][A-Z’'.\-]+){0,3}"
_MIXED = r"[A-Z][\w’'.\-]+(?: [A-Z][\w’'.\-]+){0,3}"
_REST = r"(?:, ?[A-Z][\w.’' ]{1,25}?)??"
_DATELINES = [
    re.compile(rf"\s*(?P<place>{_CAPITALS}){_REST}(?:,? (?P<day>{_DAY}))?(?: ?{_AGENCY})?{_END}"),
    re.compile(rf"\s*(?P<place>{_MIXED}){_REST}(?:,? (?P<day>{_DAY}))? ?{_AGENCY}(?:{_END})"),
    re.compile(rf"\s*(?P<place>{_MIXED}){_REST},? (?P<day>{_DAY}){_END}"),
    re.compile(rf"\s*(?P<place>{_MIXED})\s*(?:--+|[—–]| - )\s*(?=[A-Z])"),
]
_LATER_DATELINE = re.compile(
    rf"(?:\n\s*|  |[AP]M )(?P<place>{_CAPITALS}){_REST}(?:,? (?P<day>{_DAY}))?(?: ?{_AGENCY}{_END}|\s(?:--+|[—–])\s)"
)


def dateline(text: str, published: date | None = None) -> Dateline | None:
    """The dateline that a text opens with; its date needs ``published`` where the year is not printed."""
    head = text[:200]
    for found in (*(pattern.match(head) for pattern in _DATELINES), _LATER_DATELINE.search(text, 0, 1000)):
        if found is None:
            continue
        told = found.groupdict().get("day")
        days = find_dates(told, published) if told else []
        return Dateline(
            end=found.end(), place_start=found.start("place"), place_end=found.end("place"), place=found.group("place"),
            date=days[0].span.start if days else None,
        )  # fmt: skip
    return None


def dateline_date(text: str, published: date | None = None) -> date | None:
    """The date printed in the dateline, which wins over the feed's or the page's."""
    line = dateline(text, published)
    return line.date if line else None
