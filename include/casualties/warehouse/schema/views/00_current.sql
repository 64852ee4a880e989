CREATE SCHEMA analytics;

CREATE OR REPLACE VIEW core.current_extractions AS
SELECT version_id, arg_max(extractor_version, (extracted_at, extractor_version)) AS extractor_version
FROM core.extractions
GROUP BY version_id;

-- The reports that count: of the newest version of each article, as the newest extractor run over it read it.
CREATE OR REPLACE VIEW core.current_reports AS
SELECT report.*
FROM core.event_reports AS report
SEMI JOIN core.articles AS article ON article.current_version_id = report.version_id
SEMI JOIN core.current_extractions AS newest
    ON newest.version_id = report.version_id AND newest.extractor_version = report.extractor_version;

CREATE OR REPLACE VIEW core.current_incidents AS
SELECT *
FROM core.incident_history
QUALIFY row_number() OVER (PARTITION BY incident_id ORDER BY revision DESC) = 1;

CREATE OR REPLACE VIEW core.live_links AS
SELECT link.*, first.known_from AS opened_at
FROM core.incident_reports AS link
JOIN core.incident_history AS first ON first.incident_id = link.incident_id AND first.revision = 1
WHERE link.unlinked_at IS NULL;

-- Feeds whose last successful polls, three or more, were all permanently redirected to one address.
CREATE OR REPLACE VIEW core.moved_feeds AS
WITH polls AS (
    SELECT feed_id, redirected_to, polled_at,
        first_value(redirected_to) OVER (PARTITION BY feed_id ORDER BY polled_at DESC) AS moved_to
    FROM ops.feed_polls
    WHERE status IN ('ok', 'not_modified')
),
elsewhere AS (
    SELECT feed_id, max(polled_at) AS at FROM polls WHERE redirected_to IS DISTINCT FROM moved_to GROUP BY feed_id
)
SELECT polls.feed_id, polls.moved_to, count(*) AS sightings, min(polls.polled_at) AS first_seen_at
FROM polls
LEFT JOIN elsewhere ON elsewhere.feed_id = polls.feed_id
WHERE polls.moved_to IS NOT NULL AND (elsewhere.at IS NULL OR polls.polled_at > elsewhere.at)
GROUP BY ALL
HAVING sightings >= 3;
