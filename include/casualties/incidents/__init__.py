"""Reports of one event, across outlets and days, as one incident: which belong together, and what they say together."""

from casualties.incidents.articles import link_articles
from casualties.incidents.link import link
from casualties.incidents.mentions import Mentions
from casualties.incidents.neighbours import neighbourhood
from casualties.incidents.records import Clue, LinkedReport, Linking, NewLink
from casualties.incidents.summary import summarise
from casualties.incidents.terms import terms

__all__ = [
    "Clue",
    "LinkedReport",
    "Linking",
    "Mentions",
    "NewLink",
    "link",
    "link_articles",
    "neighbourhood",
    "summarise",
    "terms",
]
