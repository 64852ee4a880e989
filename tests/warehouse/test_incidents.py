"""Incidents as loads make them: across outlets, versions, copies, corrections and merges."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.warehouse.records import IDLIB, MAARAT, NOON, copied, quarantined, report, story

from casualties.model import Article, Place
from casualties.warehouse.relink import without_rings


def whole_and_part(outlet="alpha", **more) -> tuple[Article, list]:
    article = story(outlet, "strikes", "Fifty-nine died in the province, 38 of them in one town", **more)
    return article, [report(article, killed=59), report(article, 1, killed=38, part_of=0, place=MAARAT)]


def lone_part(outlet="beta") -> tuple[Article, list]:
    article = story(outlet, "market", "A raid on a market left 38 people dead")
    return article, [report(article, killed=38, place=MAARAT)]


ALONE = "SELECT deaths, reports, part_of IS NOT NULL FROM analytics.incidents ORDER BY killed_best DESC"


@pytest.mark.parametrize("first", ["whole", "part", "together"])
def test_a_whole_with_its_part_and_the_lone_part_of_another_outlet_sum_to_the_whole(desk, first):
    (a, told_by_a), (b, told_by_b) = whole_and_part(), lone_part()
    runs = {
        "whole": ([a, *told_by_a], [b, *told_by_b]),
        "part": ([b, *told_by_b], [a, *told_by_a]),
        "together": ([a, *told_by_a, b, *told_by_b],),
    }
    for records in runs[first]:
        desk.load(*records)
    assert desk.ask(ALONE) == [(59, 1, False), (None, 2, True)]
    assert desk.ask("SELECT sum(deaths) FROM analytics.incidents") == [(59,)]
    assert desk.ask("FROM analytics.deaths_between('2019-07-22', '2019-07-22')") == [(1, 59, 59, 59, 0)]


def test_an_outlet_that_tells_only_the_whole_joins_the_whole(desk):
    a, told_by_a = whole_and_part()
    c = story("gamma", "toll", "The raids on the province killed 59")
    desk.load(a, *told_by_a)
    desk.load(c, report(c, killed=59))
    assert desk.ask(ALONE) == [(59, 2, False), (None, 1, True)]


def test_a_toll_is_kept_apart_and_shown_beside_the_incidents_of_its_area(desk):
    article = story("alpha", "year", "Nine died; 750 were killed since April")
    period = {"kind": "toll", "date": replace(report(article).date, start=report(article).date.start.replace(month=4))}
    desk.load(article, report(article, killed=9, place=MAARAT), report(article, 1, killed=750, place=IDLIB, **period))
    assert desk.ask("SELECT sum(deaths) FROM analytics.incidents") == [(9,)]
    assert desk.ask("SELECT killed_best, incidents_deaths FROM analytics.tolls") == [(750, 9)]


def test_a_correction_lowers_the_figure_of_the_same_incident_and_its_history_says_so(desk):
    old = story("alpha", "raid", "Fifty-nine died")
    new = story("alpha", "raid", "Forty-nine died, by a newer count", at=NOON + timedelta(hours=3))
    desk.load(old, report(old, killed=59))
    load = desk.load(new, report(new, killed=49))
    assert (load.incidents_opened, load.incidents_changed) == (0, 1)
    assert desk.ask("SELECT killed_low, deaths, killed_high, revision FROM analytics.incidents") == [(49, 49, 49, 2)]
    assert desk.ask("SELECT change, killed, killed_before FROM analytics.incident_changes") == [
        ("corrected, figure lowered", 49, 59),
        ("opened", 59, None),
    ]
    assert desk.ask("SELECT count(*) FROM core.incident_reports WHERE unlinked_at IS NOT NULL") == [(1,)]


def test_what_was_known_at_a_time_can_be_asked_for(desk):
    old = story("alpha", "raid", "Fifty-nine died")
    new = story("alpha", "raid", "Forty-nine died", at=NOON + timedelta(hours=3))
    desk.load(old, report(old, killed=59), now=NOON)
    desk.load(new, report(new, killed=49), now=NOON + timedelta(hours=4))
    asked = "SELECT deaths FROM analytics.incidents_as_of('{}')"
    assert desk.ask(asked.format("2019-07-23 11:59")) == []
    assert desk.ask(asked.format("2019-07-23 13:00")) == [(59,)]
    assert desk.ask(asked.format("2019-07-23 17:00")) == [(49,)]


def test_a_correction_of_one_outlet_leaves_the_reports_of_the_others(desk):
    old, other = story("alpha", "raid", "Fifty-nine died"), story("beta", "raid", "Fifty-nine were killed")
    new = story("alpha", "raid", "Fifty-eight died", at=NOON + timedelta(hours=3))
    desk.load(old, other, report(old, killed=59), report(other, killed=59))
    desk.load(new, report(new, killed=58))
    assert desk.ask("SELECT killed_low, killed_high, reports, change FROM analytics.incidents") == [
        (58, 59, 2, "corrected, figure lowered")
    ]


def test_an_event_that_a_newer_version_no_longer_tells_is_withdrawn(desk):
    old = story("alpha", "raid", "Nine died in a raid")
    desk.load(old, report(old, killed=9))
    desk.load(story("alpha", "raid", "The outlet took its report back", at=NOON + timedelta(hours=1)))
    assert desk.ask("SELECT * FROM analytics.incidents") == []
    assert desk.ask("SELECT change, reports FROM analytics.incident_changes") == [("withdrawn", 0), ("opened", 1)]


def test_a_part_stands_alone_once_its_whole_is_no_longer_told(desk):
    a, told_by_a = whole_and_part()
    b, told_by_b = lone_part()
    desk.load(a, *told_by_a, b, *told_by_b)
    desk.load(story("alpha", "strikes", "The story was withdrawn", at=NOON + timedelta(hours=1)))
    assert desk.ask(ALONE) == [(38, 1, False)]
    changes = desk.ask("SELECT change FROM analytics.incident_changes WHERE killed = 38 AND revision = 2")
    assert changes == [("report withdrawn, no longer part",)]


def test_a_part_whose_whole_was_quarantined_counts_by_itself(desk):
    a, told_by_a = whole_and_part()
    desk.load(a, *told_by_a, quarantined("run 1", "report", told_by_a[0].report_id))
    assert desk.ask(ALONE) == [(38, 1, False)]


def test_a_copy_adds_an_outlet_and_no_independent_source(desk):
    a, told_by_a = whole_and_part()
    copy, told_by_copy = whole_and_part("wire")
    desk.load(a, *told_by_a)
    desk.load(copy, *told_by_copy, copied(copy, a, 0.9))
    assert desk.ask(
        "SELECT deaths, reports, independent_sources, list_sort(publishers) "
        "FROM analytics.incidents ORDER BY killed_best DESC"
    ) == [
        (59, 2, 1, ["alpha", "wire"]),
        (None, 2, 1, ["alpha", "wire"]),
    ]


def test_a_story_that_turns_out_a_copy_of_a_later_one_is_no_source_any_more(desk):
    (paper, told_by_paper), (reprint, told_by_reprint), (wire, told_by_wire) = map(
        whole_and_part, ("paper", "reprint", "wire")
    )
    desk.load(paper, *told_by_paper, reprint, *told_by_reprint, copied(reprint, paper, 0.9))
    desk.load(wire, *told_by_wire, copied(paper, wire, 0.8))
    assert desk.ask("SELECT DISTINCT reports, independent_sources, list_sort(publishers) FROM analytics.incidents") == [
        (3, 1, ["paper", "reprint", "wire"])
    ]
    assert set(desk.ask("SELECT publisher, copy_of = (SELECT article_id FROM core.articles WHERE publisher = 'wire') "
                        "FROM core.event_reports")) == {("paper", True), ("reprint", True), ("wire", None)}  # fmt: skip


def test_a_stored_source_that_turns_out_a_copy_is_taken_out_of_the_count_without_new_reports(desk):
    (paper, told), (wire, told_by_wire) = whole_and_part("paper"), whole_and_part("wire")
    desk.load(paper, *told, wire, *told_by_wire)
    desk.load(copied(paper, wire, 0.8))
    assert desk.ask("SELECT DISTINCT reports, independent_sources FROM analytics.incidents") == [(2, 1)]


def test_a_copy_with_a_higher_figure_raises_it_and_is_no_second_source(desk):
    wire = story("wire", "raid", "Nine died")
    paper = story("paper", "raid", "Twelve died", at=NOON + timedelta(hours=2))
    desk.load(wire, report(wire, killed=9), paper, report(paper, killed=12), copied(paper, wire, 0.9))
    asked = "SELECT killed_best, killed_low, independent_sources, sources_disagree FROM analytics.incidents"
    assert desk.ask(asked) == [(12, 12, 1, False)]


def test_a_story_revised_after_its_copy_was_printed_speaks_for_itself(desk):
    wire = story("wire", "raid", "Nine died")
    paper = story("paper", "raid", "Twelve died", at=NOON + timedelta(hours=2))
    desk.load(wire, report(wire, killed=9), paper, report(paper, killed=12), copied(paper, wire, 0.9))
    fewer = story("wire", "raid", "Eight died", at=NOON + timedelta(hours=4), published=NOON)
    desk.load(fewer, report(fewer, killed=8))
    assert desk.ask("SELECT killed_best, change FROM analytics.incidents") == [(8, "corrected, figure lowered")]


def test_a_newer_version_that_tells_more_is_an_update_and_one_with_a_notice_a_correction(desk):
    first, second, third = (
        story("alpha", "raid", text, at=NOON + timedelta(hours=hours), correction=notice)
        for hours, (text, notice) in enumerate(
            [("Nine died", None), ("Ten died", None), ("Eleven died", "Correction: eleven died, not ten.")]
        )
    )
    for version, killed in ((first, 9), (second, 10), (third, 11)):
        desk.load(version, report(version, killed=killed))
    assert desk.ask("SELECT change, killed FROM analytics.incident_changes ORDER BY revision") == [
        ("opened", 9),
        ("updated, figure raised", 10),
        ("corrected, figure raised", 11),
    ]


def test_a_merge_leaves_a_pointer_and_a_part_follows_its_whole(desk):
    syria = Place(name="Syria", country="SYR", precision="country")
    aleppo = Place(name="Aleppo", admin1="Aleppo", country="SYR", lat=36.2, lon=37.16, precision="exact")
    older, later = (
        story("alpha", "town", "Forty died in a town"),
        story("beta", "raids", "Raids killed 38, 12 of them up north"),
    )
    desk.load(older, report(older, killed=40, place=MAARAT))
    desk.load(
        later, report(later, killed=38, place=syria, date=None), report(later, 1, killed=12, part_of=0, place=aleppo)
    )
    assert desk.ask("SELECT count(*) FROM analytics.incidents WHERE part_of IS NULL") == [(2,)]
    bridges = [story(outlet, "raids", f"As {outlet} has it") for outlet in ("gamma", "delta")]
    desk.load(*bridges, report(bridges[0], killed=40, place=syria), report(bridges[1], killed=38))
    ((kept, reports),) = desk.ask("SELECT incident_id, reports FROM analytics.incidents WHERE part_of IS NULL")
    opened_first = desk.ask("SELECT arg_min(incident_id, known_from) FROM core.incident_history")
    assert (opened_first, reports) == ([(kept,)], 4)
    assert desk.ask("SELECT merged_into, change FROM core.current_incidents WHERE merged_into IS NOT NULL") == [
        (kept, "merged")
    ]
    assert desk.ask("SELECT part_of, deaths FROM analytics.incidents WHERE killed_best = 12") == [(kept, None)]


def test_every_live_report_has_one_incident_and_every_incident_the_reports_it_counts(desk):
    a, told_by_a = whole_and_part()
    b, told_by_b = lone_part()
    desk.load(a, *told_by_a)
    desk.load(b, *told_by_b)
    assert desk.ask("SELECT report_id FROM core.live_links GROUP BY ALL HAVING count(*) > 1") == []
    assert desk.ask("SELECT count(*) FROM analytics.reports WHERE kind = 'event' AND incident_id IS NULL") == [(0,)]
    assert (
        desk.ask(
            "SELECT incident_id FROM analytics.incidents AS i WHERE reports <> "
            "(SELECT count(*) FROM core.live_links AS l WHERE l.incident_id = i.incident_id)"
        )
        == []
    )


def test_a_link_keeps_the_clues_it_was_made_by(desk):
    a, told_by_a = whole_and_part()
    b, told_by_b = lone_part()
    desk.load(a, *told_by_a)
    desk.load(b, *told_by_b)
    (clues, matched) = desk.ask(
        f"SELECT clues, matched FROM core.live_links WHERE report_id = '{told_by_b[0].report_id}'"
    )[0]
    assert {"same place", "same day", "same killed"} <= {clue["name"] for clue in clues}
    assert matched == told_by_a[1].report_id


def test_wholes_that_would_make_an_incident_part_of_itself_are_dropped():
    assert without_rings({"a": "b", "b": "a"}, {}) == {"a": "b"}
    assert without_rings({"a": "b", "b": "c"}, {}) == {"a": "b", "b": "c"}
    assert without_rings({"c": "a"}, {"a": "b", "b": "c"}) == {}
