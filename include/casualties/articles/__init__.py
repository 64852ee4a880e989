"""From pages to articles: clean text, metadata, doubts, copies."""
