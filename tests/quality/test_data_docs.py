"""The pages of a run's Data Docs: complete, safe to open, and without a network."""

from datetime import timedelta

import pytest
from lxml import html
from tests.quality.records import NOW, make_article, make_report, run_checks

HOSTILE = "https://a.example/<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def docs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs") / "run-1"
    articles = [make_article(0), make_article(1, url=f"javascript:{HOSTILE}", published=NOW + timedelta(days=3))]
    reports = [make_report(articles[0], type=HOSTILE)]
    run_checks(folder.parent / "staging", articles, reports, docs=folder)
    return folder


def pages(docs):
    return {path.stem: html.parse(str(path)).getroot() for path in docs.glob("*.html")}


def test_there_is_a_page_a_suite_and_an_index_that_leads_to_each(docs):
    found = pages(docs)
    links = {a.get("href") for a in found["index"].iter("a")}
    assert links == {f"{name}.html" for name in found if name != "index"}
    assert {"articles", "event_reports", "figures"} <= set(found)
    assert "7 passed, 2 failed" in found["index"].text_content()
    assert "run-1" in found["index"].text_content()


def test_a_page_says_what_was_expected_and_what_was_found(docs):
    text = pages(docs)["articles"].text_content()
    assert "1 of 2 articles: the address is not a web address (http or https)." in text
    assert HOSTILE in text


def test_no_page_runs_a_script_or_needs_a_network(docs):
    for page in pages(docs).values():
        tags = {element.tag for element in page.iter() if isinstance(element.tag, str)}
        assert tags.isdisjoint({"script", "img", "link", "iframe", "object", "form"})
        for element in page.iter():
            assert not any(name.startswith("on") for name in element.attrib)
            assert element.get("src") is None
        assert all((docs / a.get("href")).exists() for a in page.iter("a"))
        assert all("http" not in (style.text or "") for style in page.iter("style"))
