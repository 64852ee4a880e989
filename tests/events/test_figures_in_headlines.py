"""Counts as headlines, summaries and local reports tell them, sentence by sentence."""

import pytest

from casualties.events.mentions import read
from casualties.events.tokens import Sentence, tokenise

Told = set[tuple[str, int | None, int | None]]


def told(text: str, headline: bool = False) -> Told:
    sentence = tokenise(Sentence("title" if headline else "text", 1, 0, len(text), text, headline=headline))
    return {(m.outcome, m.low, m.high) for m in read(sentence) if not m.breakdown}


SENTENCES: list[tuple[str, Told]] = [
    ("The blaze, state radio says, has injured more than 20 people.", {("injured", 20, None)}),
    ("The flood led to hundreds of deaths in the valley.", {("killed", 200, None)}),
    ("A Swiss man who was serving in a foreign army has been killed in the battle.", {("killed", 1, 1)}),
    ("The ministry confirmed the death of 23-year-old student Jane Doe.", {("killed", 1, 1)}),
    ("Neighbours spoke of the killing of a journalist's family.", set()),
]


@pytest.mark.parametrize(("text", "figures"), SENTENCES)
def test_figures_of_a_sentence(text: str, figures: Told) -> None:
    assert told(text) == figures
