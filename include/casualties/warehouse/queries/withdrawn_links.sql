-- Linked reports that their article no longer tells.
SELECT link.incident_id, link.opened_at, terms.terms, report.*
FROM core.live_links AS link
JOIN core.event_reports AS report USING (report_id)
JOIN core.report_terms AS terms USING (report_id)
SEMI JOIN fit_versions AS article ON article.article_id = report.article_id
ANTI JOIN core.current_reports AS still ON still.report_id = report.report_id
ORDER BY report.report_id
