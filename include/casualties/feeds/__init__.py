"""Feeds: the list of them, when to poll each, and what their entries say."""
