from casualties.incidents import terms
from casualties.model import Evidence

TEXT = """A 34-year-old man died near the Al Noor bakery on Monday, police said.

The victim was identified as Omar Haddad. Samir Aziz, 41, was held.
Four people from 1200 Cedar Street were hurt in 2019."""


def test_victims_and_suspects_are_known_by_a_name_beside_an_age_or_an_identification():
    assert {term for term in terms("", TEXT) if term.startswith("who: ")} == {"who: omar haddad", "who: samir aziz"}


def test_names_ages_and_house_numbers_are_terms_and_days_and_years_are_not():
    found = terms("Bakery blast", TEXT)
    assert {"omar haddad", "al noor", "aged 34", "aged 41", "1200", "bakery"} <= found
    assert not {"monday", "2019", "police"} & found


def test_of_a_long_text_only_what_stands_around_the_evidence_counts():
    blog = "Earlier in Homs. " + "nothing more was told. " * 400 + "Five died in Aleppo. " + "and so on it went. " * 400
    start = blog.index("Five died")
    found = terms("Live", blog, [Evidence(field="text", start=start, end=start + 20)])
    assert "aleppo" in found
    assert "homs" not in found


def test_a_name_that_has_or_owns_something_is_the_same_name():
    assert "haddad" in terms("Haddad’s family mourns", "")
    assert "haddad" in terms("Haddad's grief", "")
    assert terms("Mayor's Haddad’s home", "") == terms("Mayor Haddad home", "")
