-- The newest state of each wanted incident; not from core.current_incidents, which ranks every incident there is.
SELECT incident.*
FROM core.incident_history AS incident
SEMI JOIN wanted_incidents AS wanted ON wanted.incident_id = incident.incident_id
QUALIFY row_number() OVER (PARTITION BY incident.incident_id ORDER BY incident.revision DESC) = 1
