-- Articles of the run whose text has a correction notice that no earlier version of it has.
SELECT article_id
FROM fit_versions AS article
WHERE correction IS NOT NULL
    AND NOT EXISTS (
        SELECT 1
        FROM core.article_versions AS earlier
        WHERE earlier.article_id = article.article_id
            AND earlier.version_id <> article.version_id
            AND earlier.correction = article.correction
    )
