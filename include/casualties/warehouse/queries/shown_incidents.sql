-- The largest incidents, each followed by its parts.
WITH whole AS (
    SELECT incident_id, row_number() OVER (ORDER BY deaths DESC NULLS LAST, day DESC, incident_id) AS place_in_list
    FROM analytics.incidents
    WHERE part_of IS NULL
    QUALIFY place_in_list <= $limit
)
SELECT incident.*, whole.place_in_list
FROM analytics.incidents AS incident
JOIN whole ON whole.incident_id = coalesce(incident.part_of, incident.incident_id)
ORDER BY whole.place_in_list, incident.part_of IS NOT NULL, incident.killed_best DESC NULLS LAST, incident.incident_id
