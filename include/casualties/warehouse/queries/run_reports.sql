-- All stored reports of the run's articles, and which of them are current: as core.current_reports has it, which would
-- look through the extractions of the whole archive.
CREATE OR REPLACE TEMP TABLE run_reports AS
WITH told AS (
    SELECT report.report_id, report.version_id, report.extractor_version
    FROM core.event_reports AS report
    SEMI JOIN fit_versions AS article ON article.article_id = report.article_id
),
newest AS (
    SELECT version_id, arg_max(extractor_version, (extracted_at, extractor_version)) AS extractor_version
    FROM core.extractions AS extraction
    SEMI JOIN told ON told.version_id = extraction.version_id
    GROUP BY version_id
)
SELECT told.report_id, article.article_id IS NOT NULL AND newest.version_id IS NOT NULL AS current
FROM told
LEFT JOIN core.articles AS article ON article.current_version_id = told.version_id
LEFT JOIN newest ON newest.version_id = told.version_id AND newest.extractor_version = told.extractor_version
