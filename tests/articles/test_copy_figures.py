"""How well copies are told from independent stories: precision and recall on perturbed copies of our own stories."""

from itertools import combinations

import pytest

from casualties.articles.copies import find_copies
from casualties.articles.evaluate import printed, share_found, stories


@pytest.mark.parametrize("share", [0.6, 0.8, 1.0])
def test_stories_that_reuse_most_of_another_are_found(share):
    assert share_found(share) >= 0.95


@pytest.mark.parametrize("share", [0.4, 0.6, 0.8])
def test_a_story_cut_short_is_a_copy_however_much_was_cut(share):
    assert share_found(share, ("cut",)) >= 0.95


def test_what_is_called_a_copy_is_one():
    wrong = share_found(0.2)  # a quotation and a fact or two are no copy
    right = share_found(0.6)
    assert right / (right + wrong) >= 0.98


def test_independent_stories_on_one_incident_are_no_copies():
    marks = [printed(name, sentences, hours) for hours, (name, sentences) in enumerate(stories().items())]
    assert find_copies(marks) == []
    assert len(list(combinations(marks, 2))) == 66
