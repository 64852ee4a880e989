-- Listed feeds that the list should no longer have as they are: retired by their publishers, or moved.
SELECT feed.publisher, feed.url, feed.last_status, moved.moved_to, moved.sightings
FROM core.feeds AS feed
LEFT JOIN core.moved_feeds AS moved ON moved.feed_id = feed.feed_id
WHERE feed.listed AND (feed.last_status = 'gone' OR moved.moved_to IS NOT NULL)
ORDER BY feed.publisher, feed.url
