FROM analytics.incident_changes
WHERE incident_id = $incident_id
ORDER BY revision
