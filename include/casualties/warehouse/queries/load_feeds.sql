INSERT INTO core.feeds BY NAME
SELECT feed_id, url, title, publisher, country, language, category, TRUE AS listed
FROM staged_feed
QUALIFY row_number() OVER (PARTITION BY feed_id) = 1
ON CONFLICT (feed_id) DO UPDATE SET
    url = excluded.url,
    title = excluded.title,
    publisher = excluded.publisher,
    country = excluded.country,
    language = excluded.language,
    category = excluded.category,
    listed = TRUE
