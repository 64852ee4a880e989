"""Elements with too many attributes are found wherever they stand."""

import random

import pytest

from casualties.feeds.precheck import most_attributes

MANY = b"".join(b' a%d="%d"' % (n, n) for n in range(900))


@pytest.mark.parametrize("before", [b"", b"text " * 900, b"<p>x</p>" * 700, b"<" * 5000, b"<script>" + b"x" * 9000])
@pytest.mark.parametrize("after", [b">", b"", b"><p>", b"<p>", b">" + b"y" * 5000 + b"<p>"])
def test_attributes_of_a_long_element_are_counted(before, after):
    assert most_attributes(before + b"<div" + MANY + after) == 900


def test_a_long_element_is_found_at_any_offset():
    draw = random.Random(1)
    for _ in range(300):
        lead = b"<p>" + b"x" * draw.randrange(6000)
        filled = b"<div" + MANY[: draw.randrange(4100, 9000)].rpartition(b" ")[0] + b">"
        assert most_attributes(lead + filled + b"</div>") == filled.count(b"=")


@pytest.mark.parametrize("markup", [b"", b"no markup" * 2000, b"<div" + MANY[:3000] + b">", b"<!--" + MANY + b"-->"])
def test_short_elements_and_what_is_none_are_passed_over(markup):
    assert most_attributes(markup) == 0
