-- How the listed feeds fare, those that fail first.
SELECT coalesce(publisher, title, url) AS publisher, title, last_status, failures, last_polled_at, last_success_at
FROM core.feeds
WHERE listed
ORDER BY failures DESC, publisher, title
