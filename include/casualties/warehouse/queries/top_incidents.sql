-- The incidents with most deaths, parts of others left out.
SELECT * EXCLUDE (victims, actors, denials), actors, denials, victims
FROM analytics.incidents
WHERE part_of IS NULL
    AND ($country IS NULL OR country = $country)
    AND ($type IS NULL OR type = $type)
    AND ($since IS NULL OR day >= $since)
    AND ($until IS NULL OR day <= $until)
    AND independent_sources >= $sources
ORDER BY deaths DESC NULLS LAST, day DESC, incident_id
LIMIT $limit
