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
