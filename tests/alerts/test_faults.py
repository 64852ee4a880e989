"""Fault by fault, from staged records to the mail that arrives, the rows that load and the state of the file."""

from datetime import timedelta

import pytest
from tests.alerts.mailbox import mailto
from tests.alerts.results import LINKS
from tests.quality.records import NOW, make_article, make_report, run_checks

from casualties.alerts.message import what_to_send
from casualties.alerts.send import send
from casualties.model import FeedPoll, Figure, Place, key
from casualties.quality import judge, suites

GOOD = make_article(0)


def reports_of_a_whole_and_a_larger_part():
    whole = make_report(GOOD, 0, killed=Figure(low=59, best=59, high=59))
    return [
        whole,
        make_report(GOOD, 1, part_of_report=whole.report_id, killed=Figure(low=95, best=95, high=95)),
    ]


def polls(failed):
    urls = [f"https://gazette.example/rss/{n}" for n in range(10)]
    return [
        FeedPoll(run_id="run-1", feed_id=key(u), url=u, polled_at=NOW, status="timeout" if n < failed else "ok")
        for n, u in enumerate(urls)
    ]


def skewed_publisher():
    return [make_article(n, publisher="Skewed Clock", published=NOW + timedelta(days=9)) for n in range(1, 4)]


FAULTS = {
    "empty batch": (
        {"articles": []},
        ["Data quality, articles (analysts' file held back): 1 could not run"],
        "there are no articles although some are expected",
        0,
    ),
    "all-NULL column": (
        {"articles": [make_article(n, published=None) for n in range(20)]},
        ["Data quality, articles (analysts' file held back): 1 could not run"],
        "none of the 20 articles has a value to judge",
        0,
    ),
    "30% of the feeds down": (
        {"articles": [GOOD], "polls": polls(3)},
        ["Data quality, feeds (the rest loads): At least 30% of the feeds could not be had (0.3)"],
        "At least 30% of the feeds could not be had (0.3).",
        0,
    ),
    "wrong dates from one publisher": (
        {"articles": [GOOD, *(make_article(n) for n in range(10, 20)), *skewed_publisher()]},
        [
            "Data quality, articles (the rest loads): "
            "3 of 14 articles: the publication date lies more than a day after this run"
        ],
        "- Shelling at the market, part 1 | 2024-05-23T12:00:00+00:00",
        3,
    ),
    "a part above its whole": (
        {"articles": [GOOD], "reports": reports_of_a_whole_and_a_larger_part()},
        [
            "Data quality, figures (the rest loads): "
            "1 of 2 figures: a part claims more people than the event it is a part of"
        ],
        "killed, event 2 of: Shelling at the market, part 0 | low 95, best 95, high 95",
        1,
    ),
    "coordinates outside the country": (
        {"articles": [GOOD], "reports": [make_report(GOOD, place=Place(name="Hodan", country="SOM", lat=45.3, lon=2))]},
        ["Data quality, event reports (the rest loads): 1 of 1 event reports: the coordinates lie outside the country"],
        "1 of 1 event reports: the coordinates lie outside the country.",
        1,
    ),
    "duplicate keys": (
        {"articles": [GOOD, GOOD]},
        [
            "Data quality, articles (analysts' file held back): "
            "2 of 2 articles: the same version of an article is staged more than once in this run"
        ],
        "Check: article_version_unique, critical. Not judged before.",
        0,
    ),
}


def told(verdict, mailbox):
    messages = what_to_send([], verdict.results, verdict.quarantined, held_back=verdict.critical, links=LINKS)
    for message in messages:
        assert send([mailto(mailbox)], message).delivered == 1
    return [(mail["Subject"], mail.get_body(("plain",)).get_content()) for mail in mailbox.handler.mails]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_sends_one_mail_a_suite_and_holds_back_what_it_says(fault, tmp_path, mailbox):
    staged, subjects, sentence, quarantined = FAULTS[fault]
    verdict = run_checks(tmp_path, **staged)
    mails = told(verdict, mailbox)
    assert [subject for subject, _ in mails] == subjects
    assert sentence in mails[0][1]
    assert len(verdict.quarantined) == quarantined
    assert verdict.critical is ("held back" in subjects[0])


def test_a_check_that_raises_is_told_as_broken_and_not_as_bad_data(tmp_path, mailbox, monkeypatch):
    def explode(gxe):
        return gxe.ExpectColumnValuesToBeBetween(column="nosuch", min_value=0)

    broken = judge.Check(name="odd", severity="warning", fault="odd", expect=explode, show="label")
    monkeypatch.setattr(suites, "ARTICLES", (broken,))
    verdict = run_checks(tmp_path, [GOOD])
    ((subject, text),) = told(verdict, mailbox)
    assert subject == "Data quality, articles (analysts' file held back): 1 could not run"
    assert "The check could not run, which says nothing about the data" in text
    assert (verdict.critical, verdict.quarantined) == (True, [])


def test_an_empty_suite_is_told_as_broken(tmp_path, mailbox, monkeypatch):
    monkeypatch.setattr(suites, "ARTICLES", ())
    verdict = run_checks(tmp_path, [GOOD])
    ((_, text),) = told(verdict, mailbox)
    assert "the suite holds no expectation" in text
    assert verdict.critical


def test_the_run_after_a_repaired_fault_sends_one_recovered_mail(tmp_path, mailbox):
    before = run_checks(tmp_path / "1", [GOOD, GOOD])
    after = run_checks(tmp_path / "2", [GOOD], run_id="run-2")
    (message,) = what_to_send(before.results, after.results, held_back=after.critical, links=LINKS)
    send([mailto(mailbox)], message)
    assert [mail["Subject"] for mail in mailbox.handler.mails] == ["Data quality, articles: recovered"]
