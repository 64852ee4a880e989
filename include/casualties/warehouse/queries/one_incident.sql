FROM analytics.incidents WHERE incident_id = $incident_id
