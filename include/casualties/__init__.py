"""Automatic recording of casualties from news: feeds in, deduplicated incidents in DuckDB out."""

__version__ = "0.1.0"
