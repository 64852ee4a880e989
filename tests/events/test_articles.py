"""Whole articles: events, parts, tolls, and the promises of the event record."""

from datetime import date

import pytest

from casualties.events import EXTRACTOR_VERSION, GrammarExtractor, explain, extract_events
from casualties.model import Event, EventKind

DAY = date(2019, 5, 7)
TITLE = "Air raid kills 12 in Harim"
TEXT = (
    "An air raid by government forces killed at least 12 people and wounded dozens in the town of Harim in Idlib"
    " province on Monday, the Syrian Observatory for Human Rights said. Three children were among the dead.\n"
    "The war in Syria has killed more than 370,000 people since it began in 2011."
)


def events() -> list[Event]:
    return extract_events(TITLE, TEXT, DAY)


def test_a_story_told_twice_is_one_event() -> None:
    assert [e.kind for e in events()] == [EventKind.EVENT, EventKind.TOLL]


def test_a_number_told_open_and_exact_stays_open() -> None:
    killed = events()[0].killed
    assert killed is not None
    assert (killed.low, killed.best, killed.high) == (12, 12, None)


def test_figures_of_two_outcomes_are_one_event() -> None:
    injured = events()[0].injured
    assert injured is not None
    assert (injured.low, injured.best, injured.high) == (24, None, None)


def test_the_event_has_its_own_place_date_type_and_source() -> None:
    event = events()[0]
    assert event.place is not None
    assert (event.place.name, event.place.country) == ("Harim", "SYR")
    assert event.date is not None
    assert event.date.start == event.date.end == date(2019, 5, 6)
    assert event.type == "air_strike"
    assert event.sources == ("Syrian Observatory for Human Rights",)


def test_a_cumulative_figure_is_a_toll_with_its_period() -> None:
    toll = events()[1]
    assert toll.killed is not None
    assert toll.killed.low == 370_000
    assert toll.date is not None
    assert (toll.date.start, toll.date.end) == (date(2011, 1, 1), DAY)


def test_a_group_of_the_dead_is_kept_with_the_event() -> None:
    assert ("killed", "children", 3) in {(v.outcome, v.group, v.low) for v in events()[0].victims}


def test_every_figure_stands_verbatim_in_its_evidence() -> None:
    for event in events():
        cited = [(TITLE if e.field == "title" else TEXT)[e.start : e.end] for e in event.evidence]
        for outcome in ("killed", "injured"):
            figure = getattr(event, outcome)
            if figure is not None:
                assert any(figure.phrase in text for text in cited)


def test_confidence_is_a_probability() -> None:
    assert all(0 < e.confidence < 1 for e in events())


def test_each_slot_is_explained_by_words_and_a_rule() -> None:
    clues = {clue.slot: clue for clue in explain(TITLE, TEXT, DAY)[0].clues}
    assert clues["killed"].words == "at least 12 people"
    assert clues["place"].words == "Harim"
    assert all(clue.rule for clue in clues.values())


def test_the_interface_has_a_version() -> None:
    engine = GrammarExtractor()
    assert engine.version == EXTRACTOR_VERSION
    assert engine.extract(TITLE, TEXT, DAY) == events()


def test_an_article_without_a_casualty_has_no_event() -> None:
    text = (
        "The council voted 42 to 17 on Tuesday to raise the price of water by 4 percent. Farmers had lobbied for years."
    )
    assert extract_events("Water to cost more", text, DAY) == []


def test_a_part_names_its_whole() -> None:
    text = (
        "Air strikes killed 59 people in Idlib province on Monday, monitors said. The dead included 38 killed in a"
        " single strike on the town of Saraqib."
    )
    found = extract_events("Air strikes kill 59 in Idlib", text, DAY)
    by_low = {e.killed.low: e for e in found if e.killed}
    assert set(by_low) == {59, 38}
    assert by_low[38].part_of == found.index(by_low[59])


def test_no_date_and_no_title_are_no_error() -> None:
    assert extract_events(None, "Two men were shot dead in Lagos.", None)


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("The raid came a day after a bomb had killed 26 people in Homs.", [26]),
        ("The mission is to fight for a year the gangs who killed 30 people in the port.", [30]),
        ("Some 420 people a day are killed by the war.", []),
    ],
)
def test_a_rate_is_no_figure_but_a_day_after_is(text: str, killed: list[int]) -> None:
    found = extract_events(None, text, date(2023, 10, 9))
    assert [e.killed.low for e in found if e.killed] == killed


def test_a_list_of_other_stories_after_the_text_is_no_part_of_it() -> None:
    told = TEXT + " Source DPA Related News Car bomb kills forty in Kandahar - police Ferry sinks off Java, two dead"
    assert [e.killed for e in extract_events(TITLE, told, DAY)] == [e.killed for e in events()]


def test_a_related_matter_within_the_story_ends_nothing() -> None:
    told = "In a related case, gunmen killed three people in Idlib on Sunday.\n" + TEXT
    killed = [e.killed.low for e in extract_events(None, told, DAY) if e.killed is not None]
    assert 12 in killed
    assert 370_000 in killed


def test_rivals_of_which_one_is_only_a_limit_have_no_low_of_it() -> None:
    text = (
        "Shelling killed 30 people in Harim on Monday, the Syrian Observatory for Human Rights said."
        " State media said that up to 20 people were killed in the shelling of Harim."
    )
    killed = extract_events(None, text, DAY)[0].killed
    assert killed is not None
    assert killed.low != 20
