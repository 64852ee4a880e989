-- Staged articles that broke no rule, each version once, and which of them are no version: the summary that stands in
-- for a page that could not be had, where a text was had before; and a change beyond the fifth within a day.
CREATE OR REPLACE TEMP TABLE fit_articles AS
SELECT
    article.*,
    list_contains(article.flags, 'summary_only') AND known.had_text IS TRUE
        OR stored.version_id IS NULL AND (
            SELECT count(*)
            FROM core.article_versions AS earlier
            WHERE earlier.article_id = article.article_id
                AND earlier.fetched_at BETWEEN article.fetched_at - INTERVAL 1 DAY AND article.fetched_at
        ) >= 5 AS passed_over
FROM staged_article AS article
LEFT JOIN core.article_versions AS stored ON stored.version_id = article.version_id
LEFT JOIN (
    SELECT stored.article_id, NOT list_contains(version.flags, 'summary_only') AS had_text
    FROM core.articles AS stored
    JOIN core.article_versions AS version ON version.version_id = stored.current_version_id
) AS known ON known.article_id = article.article_id
WHERE NOT EXISTS (
    SELECT 1
    FROM staged_quarantined AS bad
    WHERE bad.subject = 'article' AND bad.subject_id IN (article.article_id, article.version_id)
)
QUALIFY row_number() OVER (PARTITION BY article.version_id ORDER BY article.fetched_at DESC) = 1
