-- Listed feeds whose last polls failed, the longest streak first.
SELECT publisher, url, last_status, failures, last_success_at
FROM core.feeds
WHERE listed AND failures > 0
ORDER BY failures DESC, publisher, url
