-- Incidents whose id begins so, merged and withdrawn ones included.
SELECT incident_id, merged_into, reports
FROM core.current_incidents
WHERE starts_with(incident_id, lower($id))
ORDER BY incident_id
LIMIT 6
