"""What the quick ways to words and to hints find is what the slow ones would."""

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualties.articles import fingerprint
from casualties.articles.words import words

RULES = tomllib.loads((files("casualties.articles") / "boilerplate.toml").read_text(encoding="utf-8"))
AGENCIES = tomllib.loads((files("casualties.articles") / "agencies.toml").read_text(encoding="utf-8"))
CREDITS = [credit for agency in AGENCIES.values() for credit in agency["credits"]]


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("ab_9 .,’“—\u00a0é\n")))
def test_words_are_what_the_pattern_finds(text):
    assert words(text) == re.findall(r"\w+", text)


@pytest.mark.parametrize("pattern", [*RULES["part"], *RULES["wall"]])
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_what_a_rule_for_part_of_a_paragraph_finds_has_one_of_the_hints(pattern, data):
    line = data.draw(st.from_regex(re.compile(pattern, re.IGNORECASE | re.ASCII)))
    assert any(hint in line.lower() for hint in RULES["hints"])


@pytest.mark.parametrize("credit", CREDITS)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_credit_is_found_by_its_longest_word(credit, data):
    part = data.draw(st.from_regex(re.compile(credit, re.ASCII)))[-fingerprint._CREDIT_REACH :]
    if re.search(credit, part):
        assert fingerprint.credited(part) is not None
