UPDATE core.feeds SET listed = FALSE WHERE listed AND feed_id NOT IN (SELECT feed_id FROM staged_feed)
