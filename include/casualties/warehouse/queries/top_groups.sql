-- Deaths by what $by names, the most first; parts of others left out.
SELECT
    CASE $by WHEN 'country' THEN coalesce(known.name, incident.country)
             WHEN 'place' THEN concat_ws(', ', incident.place, incident.country)
             WHEN 'type' THEN incident.type
             WHEN 'month' THEN strftime(incident.day, '%Y-%m') END AS "group",
    count(*) AS incidents,
    sum(coalesce(killed_low, killed_best, killed_high))::BIGINT AS deaths_low,
    sum(deaths)::BIGINT AS deaths,
    sum(coalesce(killed_high, killed_best, killed_low))::BIGINT AS deaths_high,
    count(*) FILTER (open_figure) AS open_figures
FROM analytics.incidents AS incident
LEFT JOIN analytics.countries AS known ON known.country = incident.country
WHERE part_of IS NULL
    AND ($country IS NULL OR incident.country = $country)
    AND ($type IS NULL OR type = $type)
    AND ($since IS NULL OR day >= $since)
    AND ($until IS NULL OR day <= $until)
    AND independent_sources >= $sources
GROUP BY "group"
ORDER BY deaths DESC NULLS LAST, incidents DESC, "group"
LIMIT $limit
