-- One row: how old the newest news is, and how this hour's articles compare with the same hour of past weeks.
WITH hours AS (
    SELECT
        CAST(date_diff('minute', loaded_at, CAST($now AS TIMESTAMP)) // 60 AS BIGINT) AS hours_ago,
        sum(new_articles) AS articles
    FROM ops.loads
    WHERE NOT critical AND loaded_at <= $now AND loaded_at > CAST($now AS TIMESTAMP) - INTERVAL 57 DAY
    GROUP BY ALL
),
past AS (SELECT median(articles) AS usual, count(*) AS weeks FROM hours WHERE hours_ago > 0 AND hours_ago % 168 = 0),
now AS (SELECT coalesce(sum(articles), 0) AS articles FROM hours WHERE hours_ago = 0),
newest AS (
    SELECT round(date_diff('minute', max(first_seen_at), CAST($now AS TIMESTAMP)) / 60, 1) AS newest_hours
    FROM core.articles
)
SELECT
    newest_hours,
    CASE WHEN weeks >= $weeks_from AND usual >= $articles_from THEN round(articles / usual, 2) END AS ratio,
    concat(articles, ' new articles in the past hour, usually ', coalesce(CAST(usual AS VARCHAR), 'unknown')) AS label
FROM newest, now, past
