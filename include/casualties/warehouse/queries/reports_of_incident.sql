FROM analytics.reports WHERE incident_id = $incident_id ORDER BY published, publisher, report_id
