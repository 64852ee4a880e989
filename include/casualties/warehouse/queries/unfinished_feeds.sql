-- Feeds with an entry that is neither stored nor quarantined, for example beyond the cap on pages of one host.
CREATE OR REPLACE TEMP VIEW unfinished_feeds AS
SELECT DISTINCT entry.feed_id
FROM staged_entry AS entry
WHERE entry.entry_id NOT IN (SELECT subject_id FROM staged_quarantined)
    AND entry.url NOT IN (SELECT url FROM staged_quarantined WHERE url IS NOT NULL)
    AND entry.url NOT IN (SELECT url FROM core.articles)
    AND left(sha256(entry.url), 16) NOT IN (SELECT article_id FROM core.articles)
