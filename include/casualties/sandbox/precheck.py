"""What is known to keep the extractors of pages busy until they are killed, told by a look at the bytes.

Measured: 40,000 paragraphs or table rows take 6 s and grow with their number; 40,000 attributes of one element take
19 s and grow with the square.
"""

from casualties.feeds.precheck import most_attributes

MAX_TAGS = 250_000  # the longest live blogs have a tenth of it
MAX_ATTRIBUTES = 10_000


def why_refused(page: bytes) -> str | None:
    """Why a page is not handed to the extractors; None where it may be."""
    if page.count(b"<") > MAX_TAGS:
        return f"more than {MAX_TAGS:,} tags"
    if most_attributes(page) > MAX_ATTRIBUTES:
        return f"more than {MAX_ATTRIBUTES:,} attributes on one element"
    return None
