"""How reports are divided into drafts, whatever the weights say."""

from datetime import date

import pytest

from casualties.events import extract_events, extractor
from casualties.events.assembly import assemble, changes, divide, improve
from casualties.events.drafts import Draft, value
from casualties.events.extractor import Prepared, prepare
from casualties.events.judge import Model, Models
from casualties.events.weighing import Table

TEXT = (
    "A bomb killed nine people at a market in Peshawar on Monday, police said.\n"
    "Shelling killed five people in Quetta on Monday, residents said."
)


def article(text: str = TEXT) -> Prepared:
    found = prepare(None, text, date(2024, 3, 5))
    assert found is not None
    return found


def judges(
    pair: list[float],
    draft: dict[str, list[float]],
    report: list[float] | None = None,
    part: dict[str, list[float]] | None = None,
) -> Models:
    """Models that give every report and pair the same log likelihoods, and drafts those of their features."""
    return {
        "report": Model(("event", "toll", "noise"), (), {"bias": report or [5.0, 0.0, 0.0]}, None),
        "pair": Model(("same", "part", "whole", "other"), (), {"bias": pair}, None),
        "draft": Model(("own", "part", "wrong"), (), draft, None),
        "part": Model(("part", "apart"), (), part or {"bias": [0.0, 9.0]}, None),
    }


def figures(found: Prepared, models: Models) -> list[list[int]]:
    drafts = assemble(found.reports, found.context, models)
    return [sorted(figure.low or 0 for figure, _ in d.chosen.values()) for d in drafts]


LIKELY_TWO, DOUBTFUL, RIGHT = [0.0, -9.0, -9.0, 6.0], [0.0, -9.0, -9.0, 1.0], {"bias": [4.0, 0.0, 0.0]}


def test_reports_that_are_likely_two_events_are_two_drafts() -> None:
    assert figures(article(), judges(LIKELY_TWO, RIGHT)) == [[9], [5]]


CROWD = {"bias": [4.0, 0.0, 0.0], "drafts": [-3.0, 0.0, 0.0]}  # two drafts are hardly both right


def test_two_drafts_in_doubt_are_joined_where_the_whole_gains() -> None:
    found = article()
    drafts = assemble(found.reports, found.context, judges(DOUBTFUL, CROWD | {"reports": [2.0, 0.0, 0.0]}))
    assert [len(d.reports) for d in drafts] == [2]


def test_two_events_that_are_not_in_doubt_are_not_joined_but_one_may_be_left_out() -> None:
    found = article()
    drafts = assemble(found.reports, found.context, judges(LIKELY_TWO, CROWD | {"reports": [2.0, 0.0, 0.0]}))
    assert [len(d.reports) for d in drafts] == [1]


def test_a_report_that_is_likely_noise_opens_no_draft() -> None:
    assert figures(article(), judges(LIKELY_TWO, RIGHT, report=[0.0, 0.0, 6.0])) == []


PART = {"bias": [3.0, 0.0]}


def test_a_draft_that_is_likely_a_part_belongs_to_the_larger_one() -> None:
    found = article()
    drafts = assemble(found.reports, found.context, judges(LIKELY_TWO, RIGHT, part=PART))
    assert [d.part_of is drafts[0] for d in drafts] == [False, True]


def test_a_draft_is_no_part_of_a_smaller_one() -> None:
    found = article(TEXT.replace("nine", "two").replace("Peshawar on", "Peshawar, the capital of the province, on"))
    drafts = assemble(found.reports, found.context, judges(LIKELY_TWO, RIGHT, part=PART))
    smaller = next(d for d in drafts if d.chosen["killed"][0].low == 2)
    assert all(d.part_of is not smaller for d in drafts)
    assert any(d.part_of is not None for d in drafts)


def test_of_two_equal_drafts_one_is_a_part_and_not_each_of_the_other() -> None:
    found = article(TEXT.replace("five", "nine"))
    drafts = assemble(found.reports, found.context, judges(LIKELY_TWO, RIGHT, part=PART))
    assert [d.part_of is not None for d in drafts].count(True) == 1


DAY = (
    "Shelling killed nine people in Nangarhar province on Monday, police said.\n"
    "Six people died in Jalalabad.\nThree people died in Behsud."
)


def parts(text: str, feature: str) -> list[int]:
    """The figures of the drafts that are parts, where one feature alone makes them so."""
    found = article(text)
    models = judges(LIKELY_TWO, RIGHT, part={"bias": [0.0, 4.0], feature: [8.0, 0.0]})
    drafts = assemble(found.reports, found.context, models)
    return sorted(d.chosen["killed"][0].low or 0 for d in drafts if d.part_of is not None)


def test_places_whose_dead_make_up_a_total_are_seen_to_do_so() -> None:
    assert parts(DAY, "sum_all") == [3, 6]
    assert parts(DAY.replace("Three", "Two"), "sum_all") == []
    assert parts(DAY + "\nA mine killed seven people in Herat on Tuesday.", "sum") == [3, 6]


def test_what_a_sentence_says_to_be_included_is_seen_to_be_so() -> None:
    text = "Shelling killed nine people in Nangarhar on Monday, including four in Jalalabad, police said."
    assert parts(text, "stated") == [4]
    assert parts(DAY, "stated") == []


def test_no_change_gains_where_the_first_division_is_sure() -> None:
    found = article()
    table = Table(found.reports, found.context, judges(LIKELY_TWO, RIGHT))
    first = divide(table)
    assert improve(table, first) == first


def test_every_change_keeps_each_report_in_one_draft_at_most() -> None:
    found = article(TEXT + "\nThe bomb killed nine people, a doctor said. Another three died in Lahore on Monday.")
    table = Table(found.reports, found.context, judges(DOUBTFUL, RIGHT, report=[1.0, 0.0, 0.5]))
    tried = list(changes(table, divide(table)))
    assert len(tried) > 3
    for state in tried:
        members = [k for cluster in state for k in cluster.members]
        assert len(members) == len(set(members))


def test_a_pronoun_alone_opens_a_draft_in_short_news_only() -> None:
    told = "He was killed in a raid on Monday, his brother said."
    assert figures(article(told), judges(DOUBTFUL, RIGHT)) == [[1]]
    assert figures(article(told + " The market is open on most days." * 40), judges(DOUBTFUL, RIGHT)) == []


SAME = [6.0, -9.0, -9.0, 0.0]


def test_those_of_another_side_who_also_died_are_added() -> None:
    text = "Clashes left 73 soldiers dead on Friday.\nAt least 40 jihadists also died in the fighting."
    assert figures(article(text), judges(SAME, RIGHT)) == [[113]]
    text = "Clashes left 73 soldiers dead on Friday.\nAt least 40 soldiers also died in the fighting."
    assert figures(article(text), judges(SAME, RIGHT)) == [[73]]


def reports(text: str) -> list[list[tuple[str, int | None]]]:
    return [[(m.outcome, m.low) for m in report.mentions] for report in article(text).reports]


def test_while_parts_figures_only_where_both_clauses_have_a_place() -> None:
    beside = "Six farmers were killed while eight persons were hurt by shells on the market in Homs."
    assert reports(beside) == [[("killed", 6), ("injured", 8)]]
    apart = "Six farmers were killed in Hama while eight persons were hurt by shells on the market in Homs."
    assert reports(apart) == [[("killed", 6)], [("injured", 8)]]


def test_a_figure_goes_with_the_nearer_of_its_neighbours() -> None:
    lost_stop = "A boy who was injured by a blast sits in a tent outside Aleppo A bomb killed six and wounded 30."
    assert reports(lost_stop) == [[("injured", 1)], [("killed", 6), ("injured", 30)]]


@pytest.mark.parametrize(
    ("aside", "sure", "kept"),
    [
        ("The road was closed until noon. " * 25, {12: 0.9, 9: 0.2}, {12}),
        ("The road was closed until noon. " * 25, {12: 0.1, 9: 0.2}, {9}),
        ("", {12: 0.9, 9: 0.2}, {12, 9}),
    ],
)
def test_of_a_story_unlikely_events_are_left_out_but_for_the_likeliest(
    aside: str, sure: dict[int, float], kept: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(draft: Draft) -> float:
        return sure[value(draft.figures["killed"][0])]

    monkeypatch.setattr(extractor, "confidence", told)
    text = f"A bomb killed 12 people in Kirkuk on Monday. {aside}On 3 May a fire killed nine people in Basra."
    events = extract_events("Bomb in Kirkuk, fire in Basra", text, date(2024, 5, 16))
    assert {event.killed.low for event in events if event.killed} == kept
