"""One tree of errors. Each names the thing it is about, what was wrong, and, where it can, what to do.

What fails one feed, page or article among many is a row (:class:`casualties.model.FeedPoll`,
:class:`casualties.model.Quarantined`), not an exception; these are raised where nothing can go on.
"""


class CasualtiesError(Exception):
    """Base of all errors that this package raises on purpose."""


class FeedError(CasualtiesError):
    """A feed or feed list cannot be read."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"feed {url}: {why}")
        self.url = url
        self.why = why


class PageError(CasualtiesError):
    """A page cannot be read, neither from its server nor from the archive."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"page {url}: {why}")
        self.url = url
        self.why = why


class ExtractError(CasualtiesError):
    """An article cannot be worked on at all, for example an input line without text."""

    def __init__(self, article_id: str, why: str) -> None:
        super().__init__(f"article {article_id}: {why}")
        self.article_id = article_id
        self.why = why


class QualityError(CasualtiesError):
    """Data failed a critical expectation, or a check could not run. Never retried: the data stays as it is."""


class LoadError(CasualtiesError):
    """The warehouse cannot be opened, migrated, loaded or published."""


class AlertError(CasualtiesError):
    """No channel took a message, so nobody has been told."""


class SettingsError(CasualtiesError):
    """A setting or an input of the command line is unusable."""
