"""Which sentences are notices that a story was corrected."""

import pytest

from casualties.articles.corrections import correction_notice


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: The blast killed nine people, not twelve.",
        "CORRECTION, March 4: The town lies in the north.",
        "Corrected: the number of wounded is seven.",
        "This article was amended on 4 May to give the right number of dead.",
        "This story has been corrected to say that nine people died.",
        "An earlier version of this report misstated how many had died.",
        "A previous headline gave a wrong toll.",
        "We regret the error.",
    ],
)
def test_a_notice_is_found_at_the_head_and_at_the_end(notice):
    story = "Nine people died when a bus fell into a river.\nTheir names were not given."
    assert correction_notice(f"{story}\n{notice}") == notice
    assert correction_notice(f"{notice}\n{story}") == notice


def test_a_label_brings_the_sentence_after_it():
    assert correction_notice("A long story.\nCorrection: \nNone.\nEditor's note.") is not None
    assert correction_notice("Correction: Nine. It was not twelve.") == "Correction: Nine. It was not twelve."


@pytest.mark.parametrize(
    "text",
    [
        "The department of correction said nine inmates died.",
        "The ministry corrected its count from twelve to nine.",
        "The law was amended to allow the army in.",
        "An earlier attack on the village killed four.",
    ],
)
def test_what_others_correct_is_no_notice(text):
    assert correction_notice(text) is None
