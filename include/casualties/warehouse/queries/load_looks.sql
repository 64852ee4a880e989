-- A page that was asked for and brought no article, for example because it is gone, was looked at all the same.
UPDATE core.articles AS article SET
    last_looked_at = greatest(article.last_looked_at, page.fetched_at),
    archived = coalesce(page.archived, article.archived),
    gone_at = CASE page.status WHEN 'gone' THEN coalesce(article.gone_at, page.fetched_at)
                               WHEN 'ok' THEN NULL
                               ELSE article.gone_at END
FROM (
    SELECT article_id, max(fetched_at) AS fetched_at, arg_max(status, fetched_at) AS status,
        arg_max(archived, fetched_at) AS archived
    FROM staged_page
    GROUP BY article_id
) AS page
WHERE page.article_id = article.article_id AND page.fetched_at >= article.last_looked_at
