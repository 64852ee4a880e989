-- Staged articles that broke no rule, each version once, without their texts: those stay where they are staged, in the
-- row of this number. Which versions are new, and which are none: the summary that stands in for a page that could not
-- be had, where a text was had before; and a change beyond the fifth within a day.
CREATE OR REPLACE TEMP TABLE fit_articles AS
WITH bad AS (
    SELECT DISTINCT subject_id FROM staged_quarantined WHERE subject = 'article'
),
one AS (
    SELECT arg_max(article.staged_row, article.fetched_at) AS staged_row
    FROM staged_article AS article
    ANTI JOIN bad ON bad.subject_id = article.article_id
    ANTI JOIN bad AS bad_version ON bad_version.subject_id = article.version_id
    GROUP BY article.version_id
),
article AS (
    SELECT staged_row, article_id, version_id, fetched_at, correction, list_contains(flags, 'summary_only') AS is_summary
    FROM staged_article
    SEMI JOIN one USING (staged_row)
),
told_in_full AS (
    SELECT known.article_id
    FROM core.articles AS known
    JOIN core.article_versions AS version ON version.version_id = known.current_version_id
    WHERE NOT list_contains(version.flags, 'summary_only')
        AND known.article_id IN (SELECT article_id FROM article WHERE is_summary)
),
fifth AS (
    SELECT article.staged_row
    FROM article
    JOIN core.article_versions AS earlier
        ON earlier.article_id = article.article_id
        AND earlier.fetched_at BETWEEN article.fetched_at - INTERVAL 1 DAY AND article.fetched_at
    GROUP BY article.staged_row
    HAVING count(*) >= 5
)
SELECT
    article.* EXCLUDE (is_summary),
    stored.version_id IS NULL AS is_new,
    article.is_summary AND told_in_full.article_id IS NOT NULL
        OR stored.version_id IS NULL AND fifth.staged_row IS NOT NULL AS passed_over
FROM article
LEFT JOIN core.article_versions AS stored ON stored.version_id = article.version_id
LEFT JOIN told_in_full ON told_in_full.article_id = article.article_id
LEFT JOIN fifth ON fifth.staged_row = article.staged_row
