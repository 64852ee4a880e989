"""What a sentence tells of before: a count since replaced, an event that the article's own one came after."""

import re
from datetime import date, timedelta

from casualties.events.drafts import Report

_LONG_AGO = timedelta(days=2 * 365)
# before the count that was replaced: "up from an earlier toll of nine", "had spoken of nine"
_REPLACED = re.compile(
    r"\b(?:earlier|previous|initial|preliminary|previously|initially)(?: [a-z]+){0,2}"
    r" (?:tolls?|counts?|figures?|numbers?|estimates?|reports?)\b"
    r"|\bhad (?:earlier |previously |first |initially )?(?:spoken of|given|put|announced|counted|estimated)\b"
    r"|\bup from\b"
)
# before it or after: "nine had died, police first said"
_SUPERSEDED = re.compile(
    r"\b(?:tolls?|counts?|figures?) (?:was|were|had been|stood)(?: [a-z]+){0,2} (?:earlier|previously|initially)\b"
    r"|\b(?:initially|earlier|previously|first) (?:had )?"
    r"(?:said|spoken|spoke|given|put|reported|gave|announced|estimated)\b"
    r"|\bhad earlier (?:said|reported)\b|\bfirst reports\b"
    r"|\b(?:tolls?|tally|counts?|figures?) (?:had been|had stood)\b|\btolls?\b[^.;]{0,40} at first\b"
)
# "It follows Monday's attack, in which two were killed", "The raid comes days after a blast killed six"
_FOLLOWS = re.compile(
    r"^(?:it|this|that|the(?: [\w'’-]+){1,4}?) (?:also )?"
    r"(?:follows|followed|(?:comes|came)(?: (?:just|only|less than|more than|about))?"
    r"(?: (?:an?|one|two|three|four|five|six|\d+|few|several|hours?|days?|weeks?|months?|years?))* after)\b"
)


def mark_earlier(report: Report, published: date | None) -> None:
    """Mark a report that tells of a replaced count, of an event that another followed, or of one of years ago."""
    text = report.sentence.text.lower()
    figure = report.sentence.starts[report.first] - report.sentence.start
    replaced = _REPLACED.search(text)
    told_after = replaced is not None and (replaced.start() < figure or "," not in report.sentence.text[figure:])
    report.superseded = told_after or bool(_SUPERSEDED.search(text))
    report.follows = report.sentence.field == "text" and bool(_FOLLOWS.search(text))
    report.bygone = report.when is not None and published is not None and report.when.span.end < published - _LONG_AGO
