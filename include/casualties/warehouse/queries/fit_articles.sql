-- Staged articles that broke no rule, each version once. Where the page could not be had this time, the summary that
-- stands in for it does not take the place of a text that was had before: it is no version.
CREATE OR REPLACE TEMP TABLE fit_articles AS
SELECT
    article.*,
    list_contains(article.flags, 'summary_only') AND known.had_text IS TRUE AS stand_in
FROM staged_article AS article
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
