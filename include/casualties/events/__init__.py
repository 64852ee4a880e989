"""Casualty events from the title and clean text of an article, by a grammar and lexicons, without a network."""

from casualties.events.extractor import (
    EXTRACTOR_VERSION,
    Clue,
    Explanation,
    Extractor,
    GrammarExtractor,
    explain,
    extract_events,
)

__all__ = ["EXTRACTOR_VERSION", "Clue", "Explanation", "Extractor", "GrammarExtractor", "explain", "extract_events"]
