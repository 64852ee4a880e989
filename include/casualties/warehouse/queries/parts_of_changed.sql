-- Incidents with a report whose whole, in the same article, has just been linked, moved or withdrawn.
SELECT DISTINCT link.incident_id
FROM core.incident_reports AS link
JOIN core.event_reports AS report USING (report_id)
SEMI JOIN changed_reports AS changed ON changed.report_id = report.part_of_report
WHERE link.unlinked_at IS NULL
