"""What becomes of staged records, fault by fault."""

import json
from datetime import date, timedelta

import pytest
from tests.quality.records import NOW, TEXT, make_article, make_report, run_checks

from casualties.model import DateSpan, Evidence, FeedPoll, Figure, Place, Victim, key
from casualties.settings import Settings


def rules(verdict):
    return sorted((q.subject, q.subject_id, q.rule) for q in verdict.quarantined)


def named(verdict, expectation):
    return next(r for r in verdict.results if r.expectation == expectation)


def red(verdict):
    return sorted(r.expectation for r in verdict.results if r.outcome in ("failed", "broken"))


def test_good_records_pass_and_nothing_is_quarantined(check):
    articles = [make_article(n) for n in range(3)]
    verdict = check(articles, [make_report(a) for a in articles])
    assert (verdict.critical, verdict.quarantined, red(verdict)) == (False, [], [])
    assert named(verdict, "article_staged").message.startswith("None of 3 event reports has this fault: ")
    assert {r.run_id for r in verdict.results} == {"run-1"}
    assert len({(r.suite, r.expectation) for r in verdict.results}) == len(verdict.results)


def test_articles_without_any_event_are_nothing_unusual(check):
    verdict = check([make_article()])
    assert (verdict.critical, red(verdict)) == (False, [])
    assert {r.outcome for r in verdict.results if r.suite == "event_reports"} == {"skipped"}


# ---------------------------------------------------------------- articles


BAD_ARTICLES = [
    ({"published": NOW + timedelta(days=2)}, "published_not_in_future"),
    ({"text": "Too short."}, "text_long_enough"),
    ({"url": "javascript:alert(1)"}, "url_is_web_address"),
    ({"title": " ", "text": "\n", "flags": ("summary_only",)}, "says_something"),
]
UNUSUAL_ARTICLES = [
    {"text": "Brief.", "flags": ("summary_only",)},  # title and summary stand in for the page
    {"published": None, "flags": ("no_date",)},
    {"published": NOW + timedelta(hours=20)},  # a clock in another zone
    {"url": "http://gazette.example"},
]


def test_an_article_that_breaks_a_rule_is_quarantined_whole_and_the_others_load(check):
    bad = [make_article(n, **changes) for n, (changes, _) in enumerate(BAD_ARTICLES)]
    unusual = [make_article(10 + n, **changes) for n, changes in enumerate(UNUSUAL_ARTICLES)]
    verdict = check([*bad, *unusual])
    assert rules(verdict) == sorted(("article", a.version_id, r) for a, (_, r) in zip(bad, BAD_ARTICLES, strict=True))
    assert verdict.held_back("article") == {a.version_id for a in bad}
    assert not verdict.critical


def test_a_quarantined_row_says_what_broke_which_rule_in_which_run(check):
    bad = make_article(1, published=NOW + timedelta(days=2))
    (row,) = check([bad, make_article(2)]).quarantined
    assert row.reason == "The publication date lies more than a day after this run."
    assert row.value == "2024-05-16T12:00:00+00:00"
    assert json.loads(row.row)["title"] == bad.title
    assert (row.stage, row.url, row.run_id, row.quarantined_at) == ("validate", bad.url, "run-1", NOW)


def test_old_dates_warn_and_are_never_quarantined_for_their_age_alone(check):
    verdict = check([make_article(published=NOW - timedelta(days=4000))])
    assert (verdict.quarantined, verdict.critical, red(verdict)) == ([], False, ["published_recently"])
    assert named(verdict, "published_recently").severity == "warning"


def test_wrong_dates_from_one_publisher_are_quarantined_and_named_in_samples(check):
    wrong = [make_article(n, publisher="Skewed Clock", published=NOW + timedelta(days=9)) for n in range(4)]
    verdict = check([*wrong, *(make_article(n) for n in range(10, 20))])
    assert verdict.held_back("article") == {a.version_id for a in wrong}
    assert not verdict.critical
    result = named(verdict, "published_not_in_future")
    assert (result.evaluated, result.failed, len(result.samples)) == (14, 4, 4)
    assert wrong[0].title in result.samples[0]
    assert result.samples[0].endswith(wrong[0].url)


def test_a_publisher_that_dates_every_story_alike_or_not_at_all_is_warned_of(check):
    alike = [make_article(n, publisher="Build Date", published=NOW) for n in range(12)]
    undated = [make_article(n, publisher="Timeless", published=None) for n in range(20, 32)]
    cut = [make_article(n, publisher="Paywall", flags=("truncated",)) for n in range(40, 52)]
    verdict = check([*alike, *undated, *cut])
    assert red(verdict) == ["feed_dates_present", "publisher_dates_differ", "publisher_text_whole"]
    assert named(verdict, "publisher_dates_differ").samples == (f"Build Date | 1.0 | {alike[0].url}",)
    assert (verdict.critical, verdict.quarantined) == (False, [])


def test_a_few_articles_of_a_publisher_give_no_share(check):
    assert red(check([make_article(n, flags=("truncated",)) for n in range(3)])) == []


def test_one_version_of_an_article_staged_twice_is_critical(check):
    verdict = check([make_article(1), make_article(1)])
    assert red(verdict) == ["article_version_unique"]
    assert verdict.critical


def test_two_versions_of_an_article_in_one_run_stand_for_themselves(check):
    before = make_article(1, published=NOW + timedelta(days=3))
    after = make_article(1, version_id="another", text=f"{TEXT} Corrected.")
    verdict = check([before, after], [make_report(before), make_report(after)])
    assert verdict.held_back("article") == {before.version_id}
    assert verdict.held_back("report") == {make_report(before).report_id}
    assert not verdict.critical


def test_when_most_articles_break_a_rule_the_batch_fails(check):
    verdict = check([make_article(n, text="?", published=NOW - timedelta(n)) for n in range(20)])
    assert "most_articles_load" in red(verdict)
    assert verdict.critical


def test_hundreds_of_articles_without_one_event_are_a_broken_extractor(check):
    verdict = check([make_article(n) for n in range(200)])
    assert red(verdict) == ["some_reports"]
    assert verdict.critical


# ---------------------------------------------------------------- nothing there


def test_an_empty_batch_where_articles_are_expected_is_broken_not_passed(check):
    verdict = check([])
    result = next(r for r in verdict.results if r.suite == "articles")
    assert (result.outcome, result.severity, verdict.critical) == ("broken", "critical", True)
    assert "could not run" in result.message
    assert "no articles" in result.message


def test_an_idle_run_is_skipped_and_neither_passes_nor_fails(check):
    verdict = check([], expect_articles=False)
    assert {r.outcome for r in verdict.results} == {"skipped"}
    assert (verdict.critical, verdict.quarantined) == (False, [])


def test_a_column_all_null_where_values_are_expected_is_broken(check):
    verdict = check([make_article(n, published=None) for n in range(20)])
    result = named(verdict, "published_not_in_future")
    assert (result.outcome, result.severity, result.evaluated) == ("broken", "critical", 0)
    assert "none of the 20 articles has a value" in result.message
    assert verdict.critical


def test_a_few_undated_articles_are_not_a_broken_column(check):
    verdict = check([make_article(n, published=None) for n in range(3)])
    assert named(verdict, "published_not_in_future").outcome == "skipped"
    assert not verdict.critical


# ---------------------------------------------------------------- event reports


BAD_REPORTS = [
    ({"kind": "rumour"}, "kind_known"),
    ({"type": "magic"}, "type_known"),
    ({"killed": Figure(low=1, best=1, high=1, basis="hunch", phrase="12 people")}, "basis_known"),
    ({"victims": (Victim(outcome="killed", group="poets", low=1, best=1, high=1),)}, "words_known"),
    ({"killed": None, "injured": None}, "has_figure"),
    ({"evidence": ()}, "figures_have_evidence"),
    ({"evidence": (Evidence(field="text", start=0, end=len(TEXT) + 1),)}, "evidence_inside_article"),
    ({"evidence": (Evidence(field="title", start=9, end=9),)}, "evidence_inside_article"),
    ({"killed": Figure(low=13, best=13, high=13, phrase="thirteen people")}, "phrase_quoted"),
    ({"killed": Figure(low=-2, best=None, high=None)}, "low_not_negative"),
    ({"killed": Figure(low=9, best=12, high=10)}, "best_not_above_high"),
    ({"killed": Figure(low=9, best=8, high=None)}, "low_not_above_best"),
    ({"killed": Figure(low=9, best=None, high=8)}, "low_not_above_high"),
    ({"confidence": 1.2}, "confidence_is_share"),
    ({"place": Place(name="Hodan", country="SOM", lat=45.31, lon=2.04)}, "place_inside_country"),
    ({"place": Place(name="Nowhere", lat=95.0, lon=2.0)}, "latitude_on_earth"),
    ({"place": Place(name="Hodan", country="Somalia")}, "country_known"),
    ({"date": DateSpan(start=date(2024, 5, 16), end=date(2024, 5, 16))}, "date_not_after_story"),
    ({"date": DateSpan(start=date(2024, 5, 14), end=date(2024, 5, 12))}, "date_in_order"),
    ({"killed": Figure(low=500_000, best=500_000, high=None)}, "killed_plausible"),
]
ALLOWED_REPORTS = [
    {"place": None, "date": None},
    {"killed": Figure(low=0, best=0, high=0)},  # said: none
    {"killed": Figure(low=24, best=None, high=None, basis="vague")},
    {"killed": Figure(low=12, best=12, high=12, basis="sum", phrase="At least 12; 30 wounded")},
    {"killed": Figure(low=12, best=12, high=12, phrase="at  LEAST\n12 people")},
    {"date": DateSpan(start=date(2024, 5, 1), end=date(2024, 5, 31), precision="month")},  # not over yet
    {"date": DateSpan(start=date(2024, 5, 15), end=date(2024, 5, 15))},  # already tomorrow there
    {"type": "disaster", "killed": Figure(low=220_000, best=220_000, high=None)},
    {"kind": "toll", "killed": Figure(low=500_000, best=500_000, high=None), "date": None},
]


@pytest.fixture(scope="module")
def spoilt_reports(tmp_path_factory):
    """One run with all of them and enough good ones: the rules that each broke, by its place in the two lists."""
    cases = [*(changes for changes, _ in BAD_REPORTS), *ALLOWED_REPORTS, *[{}] * 30]
    articles = [make_article(n) for n in range(len(cases))]
    reports = [make_report(a, **changes) for a, changes in zip(articles, cases, strict=True)]
    verdict = run_checks(tmp_path_factory.mktemp("reports"), articles, reports)
    assert not verdict.critical
    return [[q for q in verdict.quarantined if q.subject_id == r.report_id] for r in reports]


@pytest.mark.parametrize("place", range(len(BAD_REPORTS)), ids=[rule for _, rule in BAD_REPORTS])
def test_a_report_that_breaks_a_rule_is_quarantined_for_it_alone(spoilt_reports, place):
    (row,) = spoilt_reports[place]
    assert (row.rule, row.subject, row.url) == (BAD_REPORTS[place][1], "report", make_article(place).url)
    assert json.loads(row.row)["report_id"] == row.subject_id


@pytest.mark.parametrize("place", range(len(ALLOWED_REPORTS)))
def test_what_the_codebook_allows_is_not_quarantined(spoilt_reports, place):
    assert spoilt_reports[len(BAD_REPORTS) + place] == []


def exactly(number):
    return Figure(low=number, best=number, high=number)


def family(place, whole, *parts, **of_whole):
    """An article with a whole of so many killed, and its parts."""
    article = make_article(place, title=f"Family {place}")
    first = make_report(article, 0, killed=whole, **of_whole)
    rest = [
        make_report(article, n, part_of=0, part_of_report=first.report_id, killed=killed, injured=None)
        for n, killed in enumerate(parts, start=1)
    ]
    return article, [first, *rest]


LARGER_PART = family(1, exactly(59), exactly(95))
OPEN_WHOLE = family(2, Figure(low=59, best=59, high=None, basis="at_least"), exactly(60))
LARGER_PARTS = family(3, exactly(59), exactly(38), exactly(38))
LARGER_GROUP = family(4, exactly(12), victims=(Victim(outcome="injured", group="children", low=31, best=31, high=31),))
TOLL = family(5, exactly(12), kind="toll")


@pytest.fixture(scope="module")
def families(tmp_path_factory):
    articles, reports = zip(LARGER_PART, OPEN_WHOLE, LARGER_PARTS, LARGER_GROUP, TOLL, strict=True)
    return run_checks(tmp_path_factory.mktemp("families"), articles, [r for family in reports for r in family])


def test_a_part_that_claims_more_than_its_whole_is_quarantined_and_the_whole_loads(families):
    part = LARGER_PART[1][1]
    assert rules(families) == [("report", part.report_id, "part_within_whole")]
    assert families.quarantined[0].value == "low 95, best 95, high 95"


def test_a_part_of_an_open_whole_may_be_larger_than_its_least(families):
    assert OPEN_WHOLE[1][1].report_id not in families.held_back("report")


def test_parts_that_together_exceed_their_whole_are_warned_of(families):
    result = named(families, "parts_within_whole")
    assert (result.outcome, result.severity) == ("failed", "warning")
    assert [sample.split(" | ")[0] for sample in result.samples] == [
        "killed, event 1 of: Family 1",
        "killed, event 1 of: Family 3",
    ]


def test_a_group_of_victims_larger_than_all_of_them_is_warned_of(families):
    result = named(families, "group_within_total")
    assert (result.severity, result.failed) == ("warning", 1)
    assert result.samples[0].startswith("children injured, event 1 of: Family 4")


def test_a_toll_dated_on_one_day_is_warned_of(families):
    result = named(families, "toll_has_period")
    assert (result.severity, result.failed) == ("warning", 1)
    assert result.samples[0].startswith("toll 1 of: Family 5")


def test_a_report_whose_article_is_not_staged_is_critical(check):
    verdict = check([make_article(1)], [make_report(make_article(2))])
    assert "article_staged" in red(verdict)
    assert verdict.critical


def test_a_report_staged_twice_is_critical(check):
    article = make_article()
    verdict = check([article], [make_report(article), make_report(article)])
    assert red(verdict) == ["report_id_unique"]
    assert verdict.critical


# ---------------------------------------------------------------- what hangs on a quarantined row


def test_the_reports_of_a_quarantined_article_are_quarantined_with_it(check):
    bad = make_article(published=NOW + timedelta(days=3))
    report = make_report(bad)
    assert rules(check([bad, make_article(5)], [report])) == [
        ("article", bad.version_id, "published_not_in_future"),
        ("report", report.report_id, "article_not_held_back"),
    ]


def test_the_parts_of_a_quarantined_whole_are_quarantined_down_to_the_last(check):
    article = make_article()
    whole = make_report(article, 0, confidence=7.0)
    part = make_report(article, 1, part_of=0, part_of_report=whole.report_id)
    detail = make_report(article, 2, part_of=1, part_of_report=part.report_id)
    other = make_report(article, 3)
    verdict = check([article], [whole, part, detail, other])
    assert verdict.held_back("report") == {whole.report_id, part.report_id, detail.report_id}


# ---------------------------------------------------------------- feeds


def make_poll(number, status):
    url = f"https://gazette.example/rss/{number}"
    return FeedPoll(run_id="run-1", feed_id=key(url), url=url, polled_at=NOW, status=status)


@pytest.mark.parametrize(("failed", "outcome"), [(2, "passed"), (3, "failed")])
def test_too_many_failed_feeds_fail_without_holding_back_what_was_fetched(check, failed, outcome):
    polls = [make_poll(n, "timeout" if n < failed else "not_modified") for n in range(10)]
    verdict = check([make_article()], polls=polls, settings=Settings(feed_failure_limit=0.3))
    assert named(verdict, "feeds_reached").outcome == outcome
    assert (verdict.critical, verdict.quarantined) == (False, [])


def test_a_run_whose_feeds_all_failed_is_told_of_though_it_has_no_articles(check):
    verdict = check([], polls=[make_poll(n, "unreachable") for n in range(5)], expect_articles=False)
    assert red(verdict) == ["feeds_reached"]
    assert "https://gazette.example/rss/0 (unreachable)" in named(verdict, "feeds_reached").samples[0]
