-- How the incidents of two attached databases, before and after, differ.
SELECT
    count(*) FILTER (old.incident_id IS NULL),
    count(*) FILTER (old.incident_id IS NOT NULL AND new.incident_id IS NOT NULL AND old IS DISTINCT FROM new),
    count(*) FILTER (new.incident_id IS NULL),
    coalesce(sum(old.deaths), 0),
    coalesce(sum(new.deaths), 0)
FROM (
    SELECT incident_id, deaths, killed_low, killed_high, injured_best, day, country, place, type
    FROM before.analytics.incidents
) AS old
FULL JOIN (
    SELECT incident_id, deaths, killed_low, killed_high, injured_best, day, country, place, type
    FROM after.analytics.incidents
) AS new USING (incident_id)
