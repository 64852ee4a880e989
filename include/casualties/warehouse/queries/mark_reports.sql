-- Stored reports of articles that turned out copies, or copies of another story.
UPDATE core.event_reports AS report SET copy_of = copy.copy_of
FROM core.article_copies AS copy
WHERE copy.version_id = report.version_id
    AND copy.copy_of IN (SELECT copy_of FROM staged_articlecopy)
    AND report.copy_of IS DISTINCT FROM copy.copy_of
RETURNING report.report_id
