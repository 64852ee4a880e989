DELETE FROM core.listings WHERE feed_id IN (SELECT feed_id FROM staged_feedpoll WHERE status = 'ok')
