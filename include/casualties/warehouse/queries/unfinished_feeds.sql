-- Feeds with a story that is neither stored nor in quarantine, for example beyond the cap on pages of one host. A story is
-- known by its article's id, since what is stored may have another edition of its address.
CREATE OR REPLACE TEMP VIEW unfinished_feeds AS
SELECT DISTINCT entry.feed_id
FROM staged_entry AS entry
ANTI JOIN staged_quarantined AS bad ON bad.subject_id = entry.entry_id
ANTI JOIN staged_quarantined AS bad_page ON json_extract_string(bad_page."row", '$.article_id') = entry.article_id
ANTI JOIN core.articles AS stored ON stored.article_id = entry.article_id
ANTI JOIN core.held_articles AS held ON held.article_id = entry.article_id
