INSERT INTO core.incident_reports BY NAME
SELECT report_id, incident_id, $now AS linked_at, clues, matched, $run_id AS run_id
FROM new_links
