"""The gazetteer: names of places to what is known of them, and what lies in what."""

from casualties.events.gazetteer.read import Entry, Gazetteer

__all__ = ["Entry", "Gazetteer"]
