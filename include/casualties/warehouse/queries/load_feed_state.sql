-- What the next poll sends back to the server (ETag and the like) advances only where all that the feed announced is
-- stored or quarantined; else the same body must be read again.
UPDATE core.feeds AS feed SET
    last_polled_at = poll.polled_at,
    last_success_at = CASE WHEN poll.status IN ('ok', 'not_modified') THEN poll.polled_at ELSE feed.last_success_at END,
    next_poll_at = poll.next_poll_at,
    interval_s = coalesce(poll.interval_s, feed.interval_s),
    failures = poll.failures,
    last_status = poll.status,
    etag = CASE WHEN poll.complete THEN poll.etag ELSE feed.etag END,
    last_modified = CASE WHEN poll.complete THEN poll.last_modified ELSE feed.last_modified END,
    body_sha256 = CASE WHEN poll.complete THEN poll.body_sha256 ELSE feed.body_sha256 END
FROM (
    SELECT *, $advance AND status = 'ok' AND feed_id NOT IN (SELECT feed_id FROM unfinished_feeds) AS complete
    FROM staged_feedpoll
    QUALIFY row_number() OVER (PARTITION BY feed_id ORDER BY polled_at DESC) = 1
) AS poll
WHERE poll.feed_id = feed.feed_id
  AND (
      feed.last_polled_at IS NULL
      OR poll.polled_at >= feed.last_polled_at
      OR feed.last_polled_at > now()::TIMESTAMP + INTERVAL 1 MINUTE  -- by a clock that was wrong
  )
