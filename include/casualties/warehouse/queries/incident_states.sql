SELECT incident.*
FROM core.current_incidents AS incident
SEMI JOIN wanted_incidents AS wanted ON wanted.incident_id = incident.incident_id
