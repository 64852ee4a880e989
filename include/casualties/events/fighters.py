"""Who fights: troops and police, rebels and militias, by their nouns or by the name of an armed group."""

from casualties.events.name_actors import find_actors
from casualties.events.phrases import group_of
from casualties.events.tokens import Sentence

FIGHTERS = frozenset(("combatants", "security_forces"))  # of the victim groups


def are_fighters(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the tokens first..last (last exclusive) are of such: "the rebels", "ISIS"."""
    return group_of(sentence, first, last) in FIGHTERS or names_armed_group(sentence, first, last)


def names_armed_group(sentence: Sentence, first: int, last: int) -> bool:
    return any(actor.kind == "armed_group" for actor in find_actors(sentence.phrase(first, last)))
