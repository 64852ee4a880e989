SELECT feed_id, url, etag, last_modified, body_sha256, last_polled_at, last_success_at, next_poll_at, interval_s, failures,
    last_status
FROM core.feeds
ORDER BY feed_id
