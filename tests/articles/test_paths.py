"""Trafilatura's searches by class and id find the same, done faster."""

import pytest
from lxml.etree import XPath
from lxml.html import document_fromstring
from trafilatura.xpaths import BODY_XPATH, OVERALL_DISCARD_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

from casualties.articles.paths import quick

PAGE = document_fromstring(
    """<html><body><header role="Navigation"><div id="top-NAV" class="bar">x</div></header>
    <div class="wrap" id="main-content"><div id="cookie-note" class="plain">c</div>
    <div class="plain" id="cookies">c</div>
    <section class="story-content"><p class="byline">By A</p><p style="display:none">h</p><p id="a" style="hidden">h</p>
    <p style="hidden" id="b">h</p><span class="lead hidden">h</span><span aria-hidden="true">h</span></section>
    <div class="FullText" data-component="MostPopularStories">m</div><div class="post">p</div><div>nothing</div>
    <ol class="comments"><li>l</li></ol><ul id="disqus_thread"><li>l</li></ul><div id="dsq-comments">d</div>
    <main class="Page-content"><article id="articleContent" class="text">t</article></main></div></body></html>"""
)
SEARCHES = [*BODY_XPATH, *OVERALL_DISCARD_XPATH, *REMOVE_COMMENTS_AND_LISTS_XPATH]
REGEXP = {"re": "http://exslt.org/regular-expressions"}


@pytest.mark.parametrize("path", SEARCHES, ids=[f"path{n}" for n in range(len(SEARCHES))])
def test_the_first_element_is_the_same_and_so_are_those_that_are_discarded(path):
    slow, fast = list(path(PAGE)), list(quick(path)(PAGE))
    assert slow[:1] == fast[:1]
    assert path in BODY_XPATH or slow == fast


def test_those_that_ask_python_for_each_element_are_replaced():
    asking = [path for path in SEARCHES if "re:test" in path.path]
    assert asking
    assert all(quick(path) is not path for path in asking)


@pytest.mark.parametrize(
    "test",
    [
        "@class='post'",
        "@data-component",
        "starts-with(@class, 'b')",
        "contains(@class, 'tex') or @id='a'",
        "contains(translate(@role, 'N', 'n'), 'nav')",
        "re:test(@id|@class, 'cookie')",
        "re:test(@class, 'fulltext', 'i')",
        "re:test(@id, '^(?:top|b)')",
    ],
)
def test_a_test_of_attributes_is_the_same(test):
    path = XPath(f".//*[{test}]", namespaces=REGEXP)
    fast = quick(path)
    assert fast is not path
    found = list(path(PAGE))
    assert found
    assert list(fast(PAGE)) == found


def test_what_is_no_plain_test_stays_as_it_is():
    path = XPath(".//div[position() > 1 and not(.//h1)]")
    assert quick(path) is path
