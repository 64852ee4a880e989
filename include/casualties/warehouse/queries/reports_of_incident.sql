FROM analytics.reports WHERE incident_id = $incident_id ORDER BY published, report_id
