"""English is told at a glance, everything else by the model, and neither is taken for the other."""

import subprocess
import sys

import pytest

from casualties.articles.language import identify

ENGLISH = (
    "The ferry that was built for the lake has not left the harbour since Monday, and the people of the town said "
    "that they have to wait for a part which comes from the north by rail."
)
OTHERS = {
    "nl": "De veerboot die was gebouwd voor het meer ligt al weken in de haven, en de mensen van het dorp wachten op "
    "een onderdeel dat of per trein of per vrachtwagen moet komen.",
    "de": "Die Fähre, die für den See gebaut ist, liegt seit Wochen im Hafen, und die Leute dort warten auf ein Teil "
    "davon, das mit der Bahn aus dem Norden kommen soll.",
    "fr": "Le bac construit pour le lac reste au port depuis des semaines, et les habitants du village attendent une "
    "pièce qui doit venir du nord par le train.",
    "es": "El transbordador construido para el lago sigue en el puerto desde hace semanas, y la gente espera "
    "una pieza que debe llegar del norte en tren.",
    "sv": "Färjan som byggdes för sjön har legat i hamnen i flera veckor, och folket i byn väntar på en del som ska "
    "komma med tåg från norr.",
}


def test_english_needs_no_model():
    script = f"""
import sys
from casualties.articles.language import identify
assert identify({ENGLISH!r}) == "en"
assert "py3langid" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize("code", OTHERS)
def test_other_languages_are_not_taken_for_english(code):
    assert identify(OTHERS[code]) == code
    quoting = f"{OTHERS[code]} {OTHERS[code]} They said that this was the end of it."
    assert identify(quoting) == code


def test_a_headline_is_too_short_to_tell():
    assert identify("Ferry stays in the harbour") is None
