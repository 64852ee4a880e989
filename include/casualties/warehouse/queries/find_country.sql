-- The country of this code or name, else those whose names are like it.
SELECT country, name, lower(country) = lower($said) OR lower(name) = lower($said) AS same
FROM analytics.countries
WHERE same OR jaro_winkler_similarity(lower(name), lower($said)) > 0.85 OR contains(lower(name), lower($said))
ORDER BY same DESC, jaro_winkler_similarity(lower(name), lower($said)) DESC, country
LIMIT 3
