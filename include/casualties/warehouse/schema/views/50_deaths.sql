CREATE VIEW analytics.daily_deaths AS
SELECT
    day,
    country,
    admin1,
    place,
    count(*) AS incidents,
    sum(coalesce(killed_low, killed_best, killed_high))::BIGINT AS deaths_low,
    sum(deaths)::BIGINT AS deaths,
    sum(coalesce(killed_high, killed_best, killed_low))::BIGINT AS deaths_high,
    sum(coalesce(injured_best, injured_low, injured_high))::BIGINT AS injured,
    count(*) FILTER (WHERE open_figure) AS open_figures
FROM analytics.incidents
WHERE part_of IS NULL
GROUP BY ALL
ORDER BY day, country, admin1, place;
COMMENT ON VIEW analytics.daily_deaths IS 'Deaths by day and place, over incidents that are no part of another.';
COMMENT ON COLUMN analytics.daily_deaths.day IS 'As in analytics.incidents.';
COMMENT ON COLUMN analytics.daily_deaths.country IS 'ISO 3166 alpha-3; NULL where unsaid.';
COMMENT ON COLUMN analytics.daily_deaths.admin1 IS 'Province or state.';
COMMENT ON COLUMN analytics.daily_deaths.place IS 'Most exact place told.';
COMMENT ON COLUMN analytics.daily_deaths.incidents IS 'How many incidents.';
COMMENT ON COLUMN analytics.daily_deaths.deaths_low IS 'Sum of the lowest numbers of killed.';
COMMENT ON COLUMN analytics.daily_deaths.deaths IS 'Sum of deaths as in analytics.incidents.';
COMMENT ON COLUMN analytics.daily_deaths.deaths_high IS 'Sum of the highest numbers of killed; an open figure counts with its stated number.';
COMMENT ON COLUMN analytics.daily_deaths.injured IS 'Sum of the injured: the stated number, else the lowest, else the highest.';
COMMENT ON COLUMN analytics.daily_deaths.open_figures IS 'In how many incidents the number of killed is open, so that the true sum may lie outside low and high.';

CREATE MACRO analytics.deaths_between(a, b) AS TABLE
SELECT
    coalesce(sum(incidents), 0)::BIGINT AS incidents,
    coalesce(sum(deaths_low), 0)::BIGINT AS deaths_low,
    coalesce(sum(deaths), 0)::BIGINT AS deaths,
    coalesce(sum(deaths_high), 0)::BIGINT AS deaths_high,
    coalesce(sum(open_figures), 0)::BIGINT AS open_figures
FROM analytics.daily_deaths
WHERE day BETWEEN a::DATE AND b::DATE;
COMMENT ON MACRO TABLE analytics.deaths_between IS 'Deaths between two days, both inclusive, over incidents that are no part of another.';

CREATE MACRO analytics.incidents_near(latitude, longitude, km) AS TABLE
SELECT
    2 * 6371.0088 * asin(sqrt(
        sin(radians(lat - latitude) / 2) ** 2
        + cos(radians(latitude)) * cos(radians(lat)) * sin(radians(lon - longitude) / 2) ** 2
    )) AS distance_km,
    incident.*
FROM analytics.incidents AS incident
WHERE distance_km <= km
ORDER BY distance_km, incident_id;
COMMENT ON MACRO TABLE analytics.incidents_near IS 'Incidents within a distance in kilometres of a point in degrees; read place_precision: a province stands at its middle.';
