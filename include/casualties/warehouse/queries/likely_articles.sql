-- Stories that a feed listed when it was last read, and those young enough for another look: as many as the feeds
-- bring, however many the archive holds.
SELECT article_id FROM core.articles WHERE first_seen_at > $since
UNION
SELECT article_id FROM core.held_articles WHERE first_seen_at > $since
UNION
SELECT article_id FROM core.listings
