FROM analytics.incidents WHERE part_of = $incident_id ORDER BY killed_best DESC NULLS LAST, incident_id
