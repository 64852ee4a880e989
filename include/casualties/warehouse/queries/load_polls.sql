INSERT INTO ops.feed_polls BY NAME
SELECT run_id, feed_id, url, polled_at, status, http_status, items, new_items, bytes, seconds, error, redirected_to,
    failures, next_poll_at
FROM staged_feedpoll
ON CONFLICT DO NOTHING
