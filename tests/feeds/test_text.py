"""Titles, summaries and names of feeds are text, whatever is hidden in them."""

import time

import pytest

from casualties.feeds.text import line, plain


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Two <b>killed</b> at the port", "Two killed at the port"),
        ("Fish &amp; chips &#8211; again", "Fish & chips – again"),
        ("Fish &amp;amp; chips", "Fish & chips"),
        ("&lt;b&gt;Bold&lt;/b&gt; claim", "Bold claim"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("AT&T and R&D", "AT&T and R&D"),
        ("<script>alert(1)</script>Harbour", "Harbour"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Harbour", "Harbour"),
        ("<style>p {}</style><!-- note -->Harbour", "Harbour"),
        ("<img src=x onerror=alert(1)>Harbour", "Harbour"),
        ("Killed\u202e21\u202c at port", "Killed21 at port"),
        ("Har\u200bbour\ufeff \u2066x\u2069", "Harbour x"),
        ("Har\x00bo\x07ur\x1b[31m", "Har bo ur [31m"),
        ("tab\tand\r\nline", "tab and\nline"),
        ("half\ud800surrogate", "halfsurrogate"),
        ("می‌خواهم", "می‌خواهم"),
        ("Cafe\u0301", "Café"),
        ("Harbour <a href='/x' class=", "Harbour"),
        ("Harbour <img src='/x' <b>news</b>", "Harbour news"),
        ("a<b", "a<b"),
        ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
        ("One.<br/>Two.", "One.\nTwo."),
        ("", ""),
        ("  \n ", ""),
    ],
)
def test_markup_controls_and_marks_are_left_out(raw, text):
    assert plain(raw, 1000) == text


def test_a_line_is_one_line():
    assert line("<p>One.</p><p>Two.</p>", 1000) == "One. Two."


def test_a_long_text_is_cut_at_a_word():
    assert plain("word " * 100, 22) == "word word word word …"


@pytest.mark.parametrize("raw", ["<script>", "<", "<a ", "&", "&lt;", "<!--", "(", "<p>", "<svg x", "<a x ", "<a x="])
def test_no_text_takes_long(raw):
    start = time.monotonic()
    plain(raw * 100_000, 20_000)
    assert time.monotonic() - start < 1
