"""Actors, sources and denials as spans."""

import time

import pytest

from casualties.events.names import find_actors, find_denials, find_sources


def actors(text: str) -> list[str]:
    return [mention.name for mention in find_actors(text)]


def sources(text: str) -> list[str]:
    return [mention.name for mention in find_sources(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Russian air strikes hit a market", ["Russian"]),
        ("Russian and Syrian government forces shelled it", ["Russian", "Syrian government forces"]),
        ("a raid by the US-led coalition", ["US-led coalition"]),
        ("gunmen opened fire", ["gunmen"]),
        ("Turkish-backed rebels advanced", ["Turkish-backed rebels"]),
        ("a suicide bomber drove up", ["suicide bomber"]),
        ("the army and Hezbollah attacked", ["army", "Hezbollah"]),
        ("Boko Haram militants burnt huts", ["Boko Haram militants"]),
        ("government warplanes struck", ["government"]),
        ("Israel bombed it", ["Israel"]),
    ],
)
def test_who_acts(text: str, names: list[str]) -> None:
    assert actors(text) == names


def test_groups_have_one_name() -> None:
    found = find_actors("ISIL took it from Daesh, then IS lost it.")
    assert {mention.canonical for mention in found} == {"Islamic State"}
    assert {mention.kind for mention in found} == {"armed_group"}


def test_a_small_word_is_not_a_group() -> None:
    assert actors("This is what he said it is.") == []


def test_forces_have_a_state_and_deeds_are_marked() -> None:
    found = find_actors("Russian jets bombed it; Iraqi soldiers fled.")
    assert [(m.name, m.country, m.kind, m.deed) for m in found] == [
        ("Russian", "RUS", "state", True),
        ("Iraqi soldiers", "IRQ", "state", False),
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("suspected Boko Haram gunmen raided it", "suspected"),
        ("officials blamed al-Shabaab for it", "accused"),
        ("Al-Shabaab claimed responsibility for it", "claimed"),
        ("the Taliban attacked it", "stated"),
    ],
)
def test_how_sure_the_blame_is(text: str, status: str) -> None:
    assert next(m for m in find_actors(text) if m.kind == "armed_group").status == status


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ten died, the Syrian Observatory for Human Rights said.", ["Syrian Observatory for Human Rights"]),
        ("According to local activists, ten died.", ["local activists"]),
        ("Ten died, according to the UN and Human Rights Watch.", ["UN", "Human Rights Watch"]),
        ('"They are dead," said Dr Ahmad Barakat.', ["Dr Ahmad Barakat"]),
        ("Rami Hassoun, who runs a clinic, told reporters that ten died.", ["Rami Hassoun"]),
        ("Police said on Monday that ten died.", ["Police"]),
        ("The ministry and local medics said ten died.", ["ministry", "local medics"]),
        ("A hospital source told the agency that ten died.", ["hospital source"]),
    ],
)
def test_who_says_so(text: str, names: list[str]) -> None:
    assert sorted(sources(text)) == sorted(names)


def test_a_pronoun_stands_for_the_source_before_it() -> None:
    first, second = find_sources("The Red Crescent said five died. It said nine were hurt.")
    assert (second.name, second.pronoun) == (first.name, True)


def test_a_pronoun_without_a_source_is_nobody() -> None:
    assert find_sources("He said nothing.") == []


def test_agencies_are_marked_as_relays() -> None:
    found = find_sources("Reuters reported that ten died, citing a police officer.")
    assert [(m.name, m.relay) for m in found] == [("Reuters", True), ("police officer", False)]


def test_a_source_comes_with_its_sentence() -> None:
    text = "It rained. Police said ten died. It snowed."
    found = find_sources(text)[0]
    assert text[found.sentence_start : found.sentence_end].strip() == "Police said ten died."


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Russia denied any involvement in the raid.", ["Russia"]),
        ("The army rejected the accusations.", ["army"]),
        ("Israel said it was not responsible for the blast.", ["Israel"]),
        ("Damascus has repeatedly denied using gas.", ["Damascus"]),
        ("Officials denied access to the site.", []),
        ("The rebels rejected the ceasefire plan.", []),
        ("He was denied bail.", []),
    ],
)
def test_who_denies(text: str, by: list[str]) -> None:
    assert [mention.by for mention in find_denials(text)] == by


def test_offsets_give_back_the_names() -> None:
    text = "Assad’s forces shelled it, activists said. Russia’s army denied the reports."
    for actor in find_actors(text):
        assert text[actor.start : actor.end] == actor.name
    for source in find_sources(text):
        assert text[source.start : source.end] == source.name
    for denial in find_denials(text):
        assert text[denial.start : denial.end] == denial.by


@pytest.mark.parametrize(
    "text",
    [
        "",
        "said " * 20_000,
        "rebel " * 20_000,
        "according to " * 9_000,
        "X" * 200_000,
        "the and of, " * 9_000,
        "\x00\u202e٣",
    ],
)
def test_hostile_text_takes_time_in_proportion(text: str) -> None:
    started = time.process_time()
    find_actors(text)
    find_sources(text)
    find_denials(text)
    assert time.process_time() - started < 5
