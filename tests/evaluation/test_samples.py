"""The project's own sample articles: a floor under the extractor that needs nothing from outside the repository."""

from casualties.events.evaluate import SAMPLES, own_samples


def test_most_samples_are_wholly_right() -> None:
    assert (SAMPLES / "samples.jsonl").exists()
    assert own_samples()["articles wholly right"] >= 0.8
