import tomllib
from importlib.resources import files

from casualties.incidents.rarities import RARE, rarity


def read(name):
    return tomllib.loads(files("casualties.incidents").joinpath(name).read_text(encoding="utf-8"))


def test_every_clue_that_is_believed_has_a_weight_and_those_held_keep_theirs():
    beliefs, weights = read("beliefs.toml"), read("weights.toml")["weights"]
    assert weights.keys() == (beliefs["held"] | beliefs["believed"]).keys()
    assert {name: weights[name] for name in beliefs["held"]} == beliefs["held"]


def test_the_more_stories_have_a_word_the_less_it_says():
    assert rarity("killed") < rarity("israel") < rarity("zaporizhzhia-on-nowhere") == RARE


def test_a_full_name_is_rarer_than_either_of_its_words_and_a_round_number_says_less_than_another():
    assert max(rarity("john"), rarity("smith")) < rarity("john smith")
    assert rarity("3000") < rarity("3127") == RARE


def test_words_with_a_hyphen_are_as_rare_as_their_parts_together():
    assert rarity("year-old") == rarity("year") + rarity("old") < RARE
