"""Whatever the text: every figure's words stand in its evidence, and every offset within its field."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from casualties.events import extract_events
from casualties.model import OUTCOMES, Event

DAY = date(2023, 10, 9)
PIECES = [
    "at least 17 villagers were killed",
    "a bomb killed six soldiers and wounded dozens",
    "five men were shot, one fatally,",
    "a 27-year-old was taken to hospital",
    "the death toll rose to 1,300",
    "\u0661\u0662 villagers died",
    "3 dead, 1 critical after",
    "two were in critical condition",
    "nobody was hurt",
    "\u2018Dozens\u2019 of hostages are held",
    "9" * 40 + " people were killed",
    "in Homs on Monday",
    "\u202ein \u0411\u0430\u0445\u043c\u0443\u0442\u202c",
    "police said",
    ". ",
    "\n\n",
    ", ",
    " and ",
    "\x00\x07",
    "\ud83d\ude00",
    "\u200f\u200b",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=25).map(" ".join)


def check(event: Event, title: str, text: str) -> None:
    assert event.evidence
    told = []
    for span in event.evidence:
        field = title if span.field == "title" else text
        assert 0 <= span.start < span.end <= len(field)
        told.append(field[span.start : span.end])
    for outcome in OUTCOMES:
        figure = getattr(event, outcome)
        if figure is None:
            continue
        assert figure.phrase
        assert any(figure.phrase in sentence for sentence in told)
        assert figure.low is not None or figure.high is not None
        if figure.low is not None and figure.high is not None:
            assert 0 <= figure.low <= figure.high


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_every_figure_stands_verbatim_in_its_evidence(title: str, text: str) -> None:
    for event in extract_events(title, text, DAY):
        check(event, title, text)


@settings(max_examples=80, deadline=None)
@given(st.integers(min_value=1, max_value=10**30))
def test_a_number_is_read_right_or_not_at_all(number: int) -> None:
    for event in extract_events(None, f"A bomb killed {number} people in Homs.", DAY):
        assert event.killed is None or (event.killed.low, event.killed.high) == (number, number)


def test_a_megabyte_is_read_and_its_spans_hold() -> None:
    text = ("A bomb killed 12 people in Homs on Monday, police said. " * 20_000)[:1_000_000]
    for event in extract_events("Report", text, DAY):
        check(event, "Report", text)
