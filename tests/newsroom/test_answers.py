"""The newsroom's texts and the expected result agree with each other, row by row."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.newsroom.content import DAYS, NewsroomArticle, articles, feeds, publishers, versions
from tests.newsroom.expected import OUTCOMES, ExpectedEvent, Figure, events, expected, figure
from tests.newsroom.gold import gold_articles, gold_events

from casualties.model import GROUPS, EventType, Flag, PollStatus

ALL = [pytest.param(version, id=name) for name, version in versions().items()]


def test_the_newsroom_has_enough_articles_publishers_and_quiet_news() -> None:
    first, second = expected(1), expected(2)
    assert len(articles(1)) >= 36
    assert len(articles(2)) > len(articles(1))
    assert len({article.publisher for article in articles(1).values()}) >= 6
    assert len(first.without_event) >= 10
    assert second.copies.keys() - first.copies.keys() == {"harbourside-basilan-ferry"}


@pytest.mark.parametrize("article", ALL)
def test_an_article_names_a_known_publisher_its_feeds_and_a_length_like_a_paper_s(article: NewsroomArticle) -> None:
    assert set(article.feeds) <= {feed.id for feed in publishers()[article.publisher].feeds}
    assert article.title
    assert article.summary
    assert article.published.tzinfo is not None
    if article.page == "full":
        assert 120 <= len(article.text.split()) <= 450
        assert "\n" not in article.text.replace("\n\n", "")
    else:
        assert article.text == ""


@pytest.mark.parametrize("article", ALL)
def test_evidence_is_a_verbatim_part_of_the_article(article: NewsroomArticle) -> None:
    for event in events(article.version):
        assert event.evidence in article.title or event.evidence in article.obtainable


@pytest.mark.parametrize("article", ALL)
def test_an_expected_event_follows_the_codebook_s_form(article: NewsroomArticle) -> None:
    told = events(article.version)
    written = (article.updated or article.published).date()
    for index, event in enumerate(told):
        assert event.counts
        assert event.type in set(EventType)
        assert (event.kind, event.incident is None) in (("event", False), ("toll", True))
        assert all(victim.group in GROUPS and victim.outcome in event.counts for victim in event.victims)
        assert event.date is None or event.date[0] <= event.date[1] <= written
        assert event.place is None or event.place in f"{article.title}\n{article.obtainable}"
        if event.part_of is not None:
            whole = told[event.part_of]
            assert event.part_of != index
            assert whole.kind == "event"
            assert whole.part_of is None
            assert whole.date == event.date
            assert all((figure.low or 0) <= (whole.counts[name].low or 0) for name, figure in event.counts.items())


@pytest.mark.parametrize("article", ALL)
def test_the_names_of_sources_actors_and_deniers_stand_in_the_article(article: NewsroomArticle) -> None:
    text = f"{article.title}\n{article.obtainable}"
    for event in events(article.version):
        assert [n for n in (*event.perpetrators, *event.sources, *event.denied_by) if n not in text] == []


def test_one_version_s_incidents_are_all_different() -> None:
    for version in versions():
        names = [event.incident for event in events(version) if event.incident]
        assert len(names) == len(set(names)), version


def newest_of_each_publisher(reports: tuple[ExpectedEvent, ...], outcome: str) -> list[Figure]:
    def written(event: ExpectedEvent) -> Any:
        version = versions()[event.version]
        return version.updated or version.published

    newest = {event.publisher: event for event in sorted(reports, key=written) if outcome in event.counts}
    return [event.counts[outcome] for event in sorted(newest.values(), key=written)]


@pytest.mark.parametrize("day", DAYS)
def test_incidents_and_the_articles_events_name_each_other(day: int) -> None:
    told = {e.incident for article in articles(day).values() for e in events(article.version) if e.kind == "event"}
    assert told == expected(day).incidents.keys()


@pytest.mark.parametrize("day", DAYS)
def test_an_incident_s_figures_span_the_newest_figure_of_each_publisher(day: int) -> None:
    for incident in expected(day).incidents.values():
        for outcome in OUTCOMES:
            told = newest_of_each_publisher(incident.reports, outcome)
            assert bool(told) == (outcome in incident.counts), incident.name
            if not told:
                continue
            stated = incident.counts[outcome]
            lows = [f.low for f in told if f.low is not None]
            top = max(told, key=lambda f: (f.high if f.high is not None else f.low or 0, f.high is None))
            assert (stated.low, stated.high) == (min(lows, default=None), top.high), incident.name
            assert stated.best in (None, told[-1].best), incident.name


def length(span: tuple[date, date]) -> timedelta:
    return span[1] - span[0]


@pytest.mark.parametrize("day", DAYS)
def test_an_incident_agrees_with_its_reports_on_type_country_date_and_whole(day: int) -> None:
    for incident in expected(day).incidents.values():
        assert {event.country for event in incident.reports} == {incident.country}
        assert {event.type for event in incident.reports} - {"unknown"} == {incident.type}
        assert incident.place in {event.place for event in incident.reports}
        assert incident.date == min((event.date for event in incident.reports if event.date), key=length)
        wholes = {events(e.version)[e.part_of].incident for e in incident.reports if e.part_of is not None}
        assert wholes == ({incident.part_of} if incident.part_of else set())


@pytest.mark.parametrize("day", DAYS)
def test_a_sum_leaves_parts_and_tolls_out(day: int) -> None:
    wholes = [incident for incident in expected(day).incidents.values() if incident.part_of is None]
    assert sum(i.counts["killed"].counted for i in wholes if "killed" in i.counts) == expected(day).sum_killed


def test_the_second_day_corrects_one_incident_downwards_and_raises_others() -> None:
    before, after = expected(1).incidents, expected(2).incidents
    change = {name: after[name].counts["killed"].counted - old.counts["killed"].counted for name, old in before.items()}
    assert {name: by for name, by in change.items() if by} == {
        "North Darfur strikes": 5,
        "Kutum market": 5,
        "Kharkiv apartment block": 1,
        "Petite-Rivière raid": -6,
        "Badakhshan earthquake": 8,
    }


def test_flags_and_poll_states_are_of_the_closed_vocabularies() -> None:
    for day in DAYS:
        assert expected(day).feeds.keys() == feeds().keys()
        assert set(expected(day).feeds.values()) <= set(PollStatus)
        assert {flag for flags in expected(day).flags.values() for flag in flags} <= set(Flag)
        unobtainable = {article.id for article in articles(day).values() if article.page != "full"}
        assert {id_ for id_, flags in expected(day).flags.items() if Flag.SUMMARY_ONLY in flags} == unobtainable


@pytest.mark.parametrize(
    ("notation", "read"),
    [
        ("47", Figure(47, 47, 47)),
        ("20+", Figure(20, 20, None)),
        ("..10", Figure(None, 10, 10)),
        ("12..14", Figure(12, None, 14)),
        ("20..28 best 28", Figure(20, 28, 28)),
        ("24+ vague", Figure(24, None, None)),
    ],
)
def test_a_figure_s_notation_is_read(notation: str, read: Figure) -> None:
    assert figure(notation) == read


@pytest.mark.parametrize("notation", ["", "dozens", "1,200", "..", "+"])
def test_an_unreadable_figure_is_an_error(notation: str) -> None:
    with pytest.raises(ValueError, match="not a figure"):
        figure(notation)


def test_the_evaluation_set_has_a_row_of_each_kind_for_every_version_that_is_no_copy() -> None:
    ids = [name for name, version in versions().items() if version.copy_of is None]
    assert [row["id"] for row in gold_articles()] == ids
    assert [row["id"] for row in gold_events()] == ids
