"""What two reports have in common in their words, and which figures are groups of another's victims."""

from datetime import date

from casualties.events.drafts import Report
from casualties.events.extractor import prepare
from casualties.events.wording import likeness, stem


def reports(title: str, text: str) -> list[Report]:
    found = prepare(title, text, date(2024, 3, 5))
    return [] if found is None else found.reports


def test_forms_of_a_word_are_one() -> None:
    assert stem("shelling") == stem("shelled") == stem("shells")
    assert stem("bus") == "bus"


def test_a_sentence_that_tells_an_event_once_more_shares_rare_words_with_it() -> None:
    blast, again, other = reports(
        "",
        "A bomb killed nine people at a fruit market in Peshawar on Monday.\n"
        "Nine people died when the fruit stalls collapsed, a doctor at the market said.\n"
        "Gunmen killed two officers on a road in Quetta.",
    )
    assert likeness(blast.words, again.words) > likeness(blast.words, other.words)
    assert likeness(blast.words, other.words) == (0.0, 0.0)
    assert likeness(blast.words, blast.words)[1] == 1.0


def test_words_that_an_article_repeats_weigh_less() -> None:
    once = "A ferry sank and killed nine pilgrims.\nNine pilgrims drowned, the owner said."
    often = once + "\n" + " ".join(f"The pilgrims of village {n} left." for n in range(8))
    one, other = reports("", once)[:2], reports("", often)[:2]
    assert likeness(one[0].words, one[1].words) > likeness(other[0].words, other[1].words) > (0.0, 0.0)


def test_a_report_knows_how_much_of_the_title_it_tells() -> None:
    title = "Ferry disaster near Chandpur"
    told = reports(title, "The ferry disaster near Chandpur killed nine people.\nA bus crash killed two people.")
    assert told[0].titled > 0.5
    assert told[1].titled == 0.0


def test_children_who_are_counted_among_more_victims_are_no_event() -> None:
    title = "Air raid kills 11 children"
    text = "Fifteen civilians, among them 11 children, were killed in a raid on Hama on Monday, residents said."
    assert [[m.low for m in r.mentions] for r in reports(title, text)] == [[15]]
    alone = "Fifteen civilians were killed in a raid on Hama on Monday, residents said."
    assert [[m.low for m in r.mentions] for r in reports(title, alone)] == [[11], [15]]


def test_a_figure_without_place_day_or_means_is_bare() -> None:
    told = reports("", "A bomb killed nine people in Peshawar on Monday.\nThe agency gave a toll of 12 dead.")
    assert [r.is_bare for r in told] == [False, True]
