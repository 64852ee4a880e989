-- Feeds with an entry that is neither stored nor quarantined, for example beyond the cap on pages of one host.
CREATE OR REPLACE TEMP VIEW unfinished_feeds AS
SELECT DISTINCT entry.feed_id
FROM staged_entry AS entry
ANTI JOIN staged_quarantined AS bad ON bad.subject_id = entry.entry_id
ANTI JOIN staged_quarantined AS bad_page ON bad_page.url = entry.url
ANTI JOIN core.articles AS stored ON stored.url = entry.url
ANTI JOIN core.articles AS known ON known.article_id = left(sha256(entry.url), 16)
