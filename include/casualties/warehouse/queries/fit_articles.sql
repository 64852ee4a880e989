-- Staged articles that broke no rule, each version once.
CREATE OR REPLACE TEMP VIEW fit_articles AS
SELECT *
FROM staged_article AS article
WHERE NOT EXISTS (
    SELECT 1
    FROM staged_quarantined AS bad
    WHERE bad.subject = 'article' AND bad.subject_id IN (article.article_id, article.version_id)
)
QUALIFY row_number() OVER (PARTITION BY version_id ORDER BY fetched_at DESC) = 1
