CREATE VIEW analytics.articles AS
SELECT
    article.article_id,
    article.url,
    article.publisher,
    version.title,
    version.author,
    version.published,
    version.published_source,
    version.language,
    version.flags,
    version.words,
    version.method,
    copy.copy_of,
    copy.similarity AS copy_similarity,
    [feed.title FOR feed IN feeds.listed] AS feeds,
    article.versions,
    coalesce(told.reports, 0) AS reports,
    article.first_seen_at,
    article.last_fetched_at,
    article.gone_at,
    version.correction,
    version.version_id
FROM core.articles AS article
JOIN core.article_versions AS version ON version.version_id = article.current_version_id
LEFT JOIN core.article_copies AS copy ON copy.version_id = version.version_id
LEFT JOIN (
    SELECT version_id, count(*) AS reports FROM core.current_reports GROUP BY version_id
) AS told ON told.version_id = version.version_id
LEFT JOIN (
    SELECT carried.article_id, list({'title': feed.title} ORDER BY feed.title) AS listed
    FROM (SELECT article_id, unnest(feed_ids) AS feed_id FROM core.articles) AS carried
    JOIN core.feeds AS feed USING (feed_id)
    GROUP BY carried.article_id
) AS feeds ON feeds.article_id = article.article_id;
COMMENT ON VIEW analytics.articles IS 'One row an article in its newest version, however many feeds carry it.';
COMMENT ON COLUMN analytics.articles.article_id IS 'Id derived from the canonical address.';
COMMENT ON COLUMN analytics.articles.url IS 'Canonical address, without tracking parameters.';
COMMENT ON COLUMN analytics.articles.publisher IS 'Outlet.';
COMMENT ON COLUMN analytics.articles.title IS 'Headline.';
COMMENT ON COLUMN analytics.articles.author IS 'As the page or the feed names them.';
COMMENT ON COLUMN analytics.articles.published IS 'When it was published (UTC).';
COMMENT ON COLUMN analytics.articles.published_source IS 'Where that date comes from: feed, page or url.';
COMMENT ON COLUMN analytics.articles.language IS 'ISO 639-1.';
COMMENT ON COLUMN analytics.articles.flags IS 'What is doubtful about the text: summary_only, truncated, live_blog, list_page, too_short, not_english, no_date.';
COMMENT ON COLUMN analytics.articles.words IS 'Length of the text.';
COMMENT ON COLUMN analytics.articles.method IS 'How the text was had.';
COMMENT ON COLUMN analytics.articles.copy_of IS 'article_id of the story whose text this one repeats.';
COMMENT ON COLUMN analytics.articles.copy_similarity IS 'Share of its text that is the original''s; 1.0 is the same text.';
COMMENT ON COLUMN analytics.articles.feeds IS 'Titles of the feeds that carried it.';
COMMENT ON COLUMN analytics.articles.versions IS 'How many versions of the story are known.';
COMMENT ON COLUMN analytics.articles.reports IS 'How many events and tolls the newest version tells.';
COMMENT ON COLUMN analytics.articles.first_seen_at IS 'When it was first fetched (UTC).';
COMMENT ON COLUMN analytics.articles.last_fetched_at IS 'When it was last fetched (UTC).';
COMMENT ON COLUMN analytics.articles.gone_at IS 'Since when its page answers that it is no more (404, 410; UTC); the newest version is the last that was had.';
COMMENT ON COLUMN analytics.articles.correction IS 'The sentence in which the story says that it was corrected.';
COMMENT ON COLUMN analytics.articles.version_id IS 'The newest version.';

CREATE MACRO analytics.article_history(address) AS TABLE
SELECT
    version.fetched_at,
    version.version_id,
    version.version_id = article.current_version_id AS is_current,
    version.title,
    version.words,
    version.flags,
    version.correction,
    report.extractor_version,
    count(report.report_id) AS reports,
    list({'kind': report.kind, 'place': report.place.name, 'killed': coalesce(report.killed.best, report.killed.low, report.killed.high)}
         ORDER BY report.ordinal) FILTER (WHERE report.report_id IS NOT NULL) AS told,
    version.text
FROM core.articles AS article
JOIN core.article_versions AS version USING (article_id)
LEFT JOIN core.event_reports AS report ON report.version_id = version.version_id
WHERE article.url = address
GROUP BY ALL
ORDER BY version.fetched_at, report.extractor_version;
COMMENT ON MACRO TABLE analytics.article_history IS 'The versions of the article at an address, oldest first, with what each extractor version read in them.';
