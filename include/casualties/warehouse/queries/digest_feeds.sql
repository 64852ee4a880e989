-- Listed feeds whose last polls failed, the longest streak first; not those that their publishers have retired.
SELECT publisher, url, last_status, failures, last_success_at
FROM core.feeds
WHERE listed AND failures > 0 AND last_status <> 'gone'
ORDER BY failures DESC, publisher, url
