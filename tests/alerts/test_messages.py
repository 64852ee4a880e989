"""Which messages a run's results call for, and what they say."""

import re
from html.parser import HTMLParser

import pytest
from tests.alerts.results import LINKS, make_quarantined, make_result

from casualties.alerts.inert import inert, web_address
from casualties.alerts.message import failure_message, what_to_send


def sent(results, previous=(), quarantined=(), held_back=False):
    return what_to_send(previous, results, quarantined, held_back=held_back, links=LINKS)


# ---------------------------------------------------------------- which messages


def test_a_suite_that_fails_sends_one_message_however_many_of_its_checks_fail():
    (message,) = sent([make_result("one"), make_result("two"), make_result("three", "passed")])
    assert message.title == "Data quality, event reports (the rest loads): 2 failed"


def test_each_failing_suite_sends_its_own_message():
    titles = [m.title for m in sent([make_result(), make_result("old", suite="articles")])]
    assert [t.split(" (")[0] for t in titles] == ["Data quality, articles", "Data quality, event reports"]


@pytest.mark.parametrize("outcome", ["passed", "skipped"])
def test_what_did_not_fail_sends_nothing(outcome):
    assert sent([make_result(outcome=outcome)]) == []


def test_a_warning_waits_for_the_digest():
    assert sent([make_result(severity="warning")]) == []


def test_a_broken_check_is_told_whatever_its_severity_was():
    (message,) = sent([make_result(outcome="broken", severity="critical", message="The check could not run: x.")])
    assert "1 could not run" in message.title


def test_a_suite_that_passes_again_sends_recovered_once():
    (message,) = sent([make_result(outcome="passed")], previous=[make_result()])
    assert (message.title, message.good_news) == ("Data quality, event reports: recovered", True)
    assert "2 of 40 event reports" in message.text
    assert sent([make_result(outcome="passed")], previous=[make_result(outcome="passed")]) == []


def test_an_idle_run_after_a_failure_neither_fails_nor_recovers():
    assert sent([make_result(outcome="skipped")], previous=[make_result()]) == []


def test_a_warning_that_passes_again_is_no_recovery():
    assert sent([make_result(outcome="passed")], previous=[make_result(severity="warning")]) == []


def test_while_another_check_of_the_suite_fails_nothing_is_called_recovered():
    (message,) = sent([make_result("one", "passed"), make_result("two")], previous=[make_result("one")])
    assert "(the rest loads): 2 of 40 event reports" in message.title
    assert "recovered" not in message.text


# ---------------------------------------------------------------- what they say


def test_a_message_says_what_failed_how_often_where_and_what_to_do():
    text = sent([make_result()], quarantined=[make_quarantined("a"), make_quarantined("b")])[0].text
    assert "2 of 40 event reports: the coordinates lie outside the country." in text
    assert "Story 0 | Hodan (SOM) at 1, 2\n    https://gazette.example/0" in text
    assert "Runbook: http://127.0.0.1:8080/dags/ingest_news" in text
    assert "Rows that broke a rule: 2; they are quarantined, the others load." in text
    assert "Run: r2" in text


def test_a_message_says_whether_the_analysts_file_was_held_back():
    held = sent([make_result(severity="critical")], quarantined=[make_quarantined()], held_back=True)[0]
    assert "(analysts' file held back)" in held.title
    assert "The analysts' file stays as it was before this run." in held.text
    assert "nothing of this run loaded" in held.text
    assert "was not held back" in sent([make_result()])[0].text


@pytest.mark.parametrize(
    ("before", "change"),
    [
        (None, "Not judged before."),
        (make_result(outcome="passed"), "Last time it passed."),
        (make_result(outcome="broken"), "Last time the check could not run."),
        (make_result(), "As many as last time (2 of 40)."),
        (make_result(failed=9, evaluated=30), "Last time it was 9 of 30."),
    ],
)
def test_a_message_says_what_changed_since_the_last_run(before, change):
    message = failure_message(
        [make_result()], [], run_id="r2", held_back=False, links={}, previous=[before] if before else None
    )
    assert change in message.text


def test_a_message_shows_five_samples_at_most():
    many = make_result(samples=tuple(f"Story {n} | x | https://gazette.example/{n}" for n in range(9)))
    message = sent([many])[0]
    assert len(re.findall("https://gazette.example/", message.text)) == 5
    assert message.html.count("<li>") == 5


def test_the_gravest_comes_first():
    text = sent([make_result("mild", message="Mild."), make_result("grave", severity="critical", message="Grave.")])[
        0
    ].text
    assert text.index("Grave.") < text.index("Mild.")


# ---------------------------------------------------------------- hostile text

HOSTILE = (
    "Dead\r\nBcc: x@evil.example <script>alert(1)</script> \u202egnp.exe\u200b \x1b[2J http://evil.example &amp; \x00"
)


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.hrefs, self.shown = set(), [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.hrefs += [value for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= {"href", "rel"}

    def handle_data(self, data):
        self.shown += data


def test_hostile_titles_are_inert_in_subject_text_and_html():
    sample = f"{HOSTILE} | {HOSTILE} | javascript:alert(1)"
    message = sent([make_result(samples=(sample,), message=HOSTILE)])[0]
    page = Tags(message.html)
    assert page.tags <= {"h3", "p", "ul", "li", "a", "br"}
    assert set(page.hrefs) == set(LINKS.values())
    assert "<script>alert(1)</script>" in page.shown
    for part in (message.title, message.text, page.shown):
        assert not re.search("[\x00-\x09\x0b-\x1f\u200b\u202e]", part)
        assert "\nBcc" not in part
    assert "\n" not in message.title
    assert "http://evil" not in message.text
    assert "x@evil" not in message.text


def test_a_link_keeps_its_query_and_cannot_leave_its_attribute():
    page = Tags(sent([make_result(samples=("S | v | https://gazette.example/?a=1&b=2",))])[0].html)
    assert "https://gazette.example/?a=1&b=2" in page.hrefs
    quoted = Tags(sent([make_result(samples=('S | v | https://gazette.example/"onclick="x',))])[0].html)
    assert set(quoted.hrefs) == set(LINKS.values())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  two\n words\t ", "two words"),
        ("a\u2066b\u2069c\ufeff", "abc"),
        ("@everyone", "＠everyone"),
        ("x" * 300, "x" * 199 + "…"),
        ("Тридцать погибших، ٣", "Тридцать погибших، ٣"),
    ],
)
def test_inert_text_is_one_line_that_reads_the_same(text, shown):
    assert inert(text) == shown


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "https://a b", "https://аpple.example/", "ftp://x", "https://"]
)
def test_only_plain_web_addresses_become_links(text):
    assert web_address(text) is None
