-- A page that was asked for and brought no article, for example because it is gone, was looked at all the same.
UPDATE core.articles AS article SET last_looked_at = page.fetched_at
FROM (SELECT article_id, max(fetched_at) AS fetched_at FROM staged_page GROUP BY article_id) AS page
WHERE page.article_id = article.article_id AND page.fetched_at > article.last_looked_at
