-- After unlist_stories. Of a feed whose body was read: what it listed.
INSERT INTO core.listings BY NAME
SELECT DISTINCT listed.*
FROM staged_listing AS listed
SEMI JOIN staged_feedpoll AS poll ON poll.feed_id = listed.feed_id AND poll.status = 'ok'
