"""Whether a figure is cumulative: told of a period or a whole war, not of one event."""

import re

from casualties.events.drafts import Report

_SINCE = re.compile(r"\b(?:since|so far|to date|until now|up to now|thus far|all told|over the years)\b")
_SPAN = re.compile(
    r"\b(?:(?:in|over|during|within|for|throughout|of)\s+(?:the\s+)?(?:past|last|previous|recent|first|final)\s+(?:few\s+|several\s+|couple of\s+)?(?:[\w-]+\s+)?(?:days|weeks|months|years|decades|week|month|year|decade)"
    r"|this (?:year|month|week)|in recent (?:days|weeks|months|years)|in (?:[\w-]+ )?(?:years|months|weeks) of|(?:[\w-]+)-year(?:-long|-old)? (?:war|conflict|civil war|uprising|insurgency)"
    r"|(?:over|in|within) (?:\w+ )?(?:\w+ )?(?:days|weeks|months|years)\b|during the (?:month|year|war|conflict|civil war|uprising|revolution|offensive|operation|campaign)|each (?:year|month|day)|every (?:year|month|day))"
)
_WAR = re.compile(r"\b(?:war|conflict|uprising|revolt|rebellion|insurgency|revolution|crisis)\b")
_RATE = re.compile(r"\b(?:a day|per day|a year|per year|every (?:day|year|month|week|hour)|each (?:day|year|month|week)|a month|per month|annually|on average|per 100,000)\b")


def toll_rule(report: Report, text: str) -> str:
    """The name of the rule by which a report is a toll, empty for none. ``text`` is its own stretch, lower case."""
    if _SINCE.search(text):
        return "since"
    if _SPAN.search(text):
        return "period"
    if _WAR.search(text) and any((m.best or m.low or 0) >= 1000 for m in report.mentions):
        return "war"
    return ""


def is_rate(text: str) -> bool:
    """ "420 a day": no figure of an event."""
    return bool(_RATE.search(text))
