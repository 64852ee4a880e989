"""Names of those who act, tell and deny, as spans of a text."""

from casualties.events.denial_words import DenialMention
from casualties.events.name_actors import ActorMention, find_actors
from casualties.events.name_denials import find_denials
from casualties.events.name_sources import SourceMention, find_sources

__all__ = ["ActorMention", "DenialMention", "SourceMention", "find_actors", "find_denials", "find_sources"]
