SELECT
    count(*) FILTER (WHERE part_of IS NULL) AS incidents,
    count(*) FILTER (WHERE part_of IS NOT NULL) AS parts,
    coalesce(sum(deaths), 0)::BIGINT AS deaths,
    (SELECT coalesce(sum(deaths_low), 0)::BIGINT FROM analytics.daily_deaths) AS deaths_low,
    (SELECT coalesce(sum(deaths_high), 0)::BIGINT FROM analytics.daily_deaths) AS deaths_high,
    (SELECT coalesce(sum(open_figures), 0)::BIGINT FROM analytics.daily_deaths) AS open_figures
FROM analytics.incidents
