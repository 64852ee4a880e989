"""Who was shot or stabbed and, by what else short news tells, has died of it."""

from datetime import date

import pytest

from casualties.events.extractor import extract_events


def outcomes(title: str, text: str) -> tuple[int | None, int | None]:
    (event,) = extract_events(title, text, date(2023, 10, 20))
    return event.killed and event.killed.low, event.injured and event.injured.low


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Baker shot in Faro", "A cook has been charged with the murder of the baker."),
        ("Baker shot in Faro", "An inquest into what happened opens in May."),
        ("Woman shot in Faro", "The wound proved fatal."),
        ("A father speaks", "He is grieving the loss of his son, who was shot by guards."),
    ],
)
def test_one_whose_death_is_looked_into_or_mourned_is_dead(title: str, text: str) -> None:
    assert outcomes(title, text) == (1, None)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Man shot at funeral in Faro", "Mourners ran from the chapel."),
        ("Man shot in Faro", "He had come to a vigil for the victim of a fatal shooting."),
        ("Woman shot outside court", "She was a witness in a murder trial."),
        ("Pupil shot", "Her aunt spoke of her grief for the city."),
        ("Woman shot in Faro", "The gunman is wanted for murder in Malta."),
        ("Woman shot in Faro", "The woman is in hospital. A cook is charged with murder."),
        ("Porter stabbed", "An inquest into a stabbing last year heard of it. He is in a stable condition."),
    ],
)
def test_one_who_lives_is_not_killed_by_the_death_of_another(title: str, text: str) -> None:
    assert outcomes(title, text) == (None, 1)
