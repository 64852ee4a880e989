-- Each outlet's own last word on an incident beside that of all of them.
CREATE VIEW analytics.source_comparison AS
SELECT
    told.incident_id,
    incident.day,
    incident.place,
    incident.country,
    incident.type,
    told.publisher,
    told.reports,
    told.copies_only,
    told.first_published,
    told.last_published,
    epoch(told.first_published - incident.first_reported) / 3600 AS hours_after_first,
    told.killed.low AS killed_low,
    told.killed.best AS killed_best,
    told.killed.high AS killed_high,
    told.injured.low AS injured_low,
    told.injured.best AS injured_best,
    told.injured.high AS injured_high,
    told.sources,
    incident.killed_low AS incident_killed_low,
    incident.killed_best AS incident_killed_best,
    incident.killed_high AS incident_killed_high,
    coalesce(told.killed.best, told.killed.low, told.killed.high)
        - coalesce(incident.killed_best, incident.killed_low, incident.killed_high) AS killed_difference,
    incident.independent_sources,
    incident.sources_disagree,
    incident.part_of
FROM (
    SELECT
        incident_id,
        publisher,
        count(*) AS reports,
        bool_and(copy_of IS NOT NULL) AS copies_only,
        min(published) AS first_published,
        max(published) AS last_published,
        arg_max({'low': killed_low, 'best': killed_best, 'high': killed_high}, (published, -ordinal))
            FILTER (WHERE killed_basis IS NOT NULL) AS killed,
        arg_max({'low': injured_low, 'best': injured_best, 'high': injured_high}, (published, -ordinal))
            FILTER (WHERE coalesce(injured_low, injured_best, injured_high) IS NOT NULL) AS injured,
        list_distinct(flatten(list(sources))) AS sources
    FROM analytics.reports
    WHERE incident_id IS NOT NULL
    GROUP BY incident_id, publisher
) AS told
JOIN analytics.incidents AS incident USING (incident_id);
COMMENT ON VIEW analytics.source_comparison IS 'One row an incident and an outlet that reports it: the outlet''s latest figures, when it told them and according to whom, beside those of the incident. For incidents of several outlets: WHERE independent_sources > 1.';
COMMENT ON COLUMN analytics.source_comparison.incident_id IS 'The incident.';
COMMENT ON COLUMN analytics.source_comparison.day IS 'As in analytics.incidents.';
COMMENT ON COLUMN analytics.source_comparison.place IS 'Most exact place told, by all outlets.';
COMMENT ON COLUMN analytics.source_comparison.country IS 'ISO 3166 alpha-3.';
COMMENT ON COLUMN analytics.source_comparison.type IS 'The means, as told most often.';
COMMENT ON COLUMN analytics.source_comparison.publisher IS 'Outlet.';
COMMENT ON COLUMN analytics.source_comparison.reports IS 'How many reports the outlet has of the incident.';
COMMENT ON COLUMN analytics.source_comparison.copies_only IS 'Whether all of them are copies of other outlets'' stories, so that the outlet is no source of its own.';
COMMENT ON COLUMN analytics.source_comparison.first_published IS 'When the outlet first reported it (UTC).';
COMMENT ON COLUMN analytics.source_comparison.last_published IS 'When the outlet last reported it (UTC).';
COMMENT ON COLUMN analytics.source_comparison.hours_after_first IS 'Hours between the first report of any outlet and this outlet''s first.';
COMMENT ON COLUMN analytics.source_comparison.killed_low IS 'People killed, by the outlet''s latest report that says: the lowest number; NULL is not said, 0 is said: none.';
COMMENT ON COLUMN analytics.source_comparison.killed_best IS 'The stated number; NULL where only a vague word was given.';
COMMENT ON COLUMN analytics.source_comparison.killed_high IS 'The highest number; NULL is open upwards.';
COMMENT ON COLUMN analytics.source_comparison.injured_low IS 'People injured, by the outlet''s latest report that says: the lowest number.';
COMMENT ON COLUMN analytics.source_comparison.injured_best IS 'The stated number; NULL where only a vague word was given.';
COMMENT ON COLUMN analytics.source_comparison.injured_high IS 'The highest number; NULL is open upwards.';
COMMENT ON COLUMN analytics.source_comparison.sources IS 'To whom the outlet attributes its numbers, over all its reports.';
COMMENT ON COLUMN analytics.source_comparison.incident_killed_low IS 'The lowest number of killed over all independent reports.';
COMMENT ON COLUMN analytics.source_comparison.incident_killed_best IS 'The stated number that most outlets tell.';
COMMENT ON COLUMN analytics.source_comparison.incident_killed_high IS 'The highest number over all independent reports.';
COMMENT ON COLUMN analytics.source_comparison.killed_difference IS 'The outlet''s number of killed less that of the incident, each the stated number, else the lowest, else the highest.';
COMMENT ON COLUMN analytics.source_comparison.independent_sources IS 'Number of publishers with a text of their own.';
COMMENT ON COLUMN analytics.source_comparison.sources_disagree IS 'Whether numbers of killed or injured cannot all hold.';
COMMENT ON COLUMN analytics.source_comparison.part_of IS 'incident_id of the incident whose numbers include this one.';

-- Was anyone looking? A day without answers explains a day without incidents.
CREATE VIEW analytics.coverage AS
SELECT
    calendar.day,
    coalesce(asked.feeds, 0) AS feeds_polled,
    coalesce(asked.answered, 0) AS feeds_answered,
    coalesce(asked.polls, 0) AS polls,
    coalesce(read.articles, 0) AS articles,
    coalesce(asked.answered < 0.7 * asked.feeds, true) AS gap
FROM (
    SELECT unnest(generate_series(min(polled_at)::DATE, max(polled_at)::DATE, INTERVAL 1 DAY))::DATE AS day
    FROM ops.feed_polls
) AS calendar
LEFT JOIN (
    SELECT
        polled_at::DATE AS day,
        count(*) AS polls,
        count(DISTINCT feed_id) AS feeds,
        count(DISTINCT feed_id) FILTER (WHERE status IN ('ok', 'not_modified')) AS answered
    FROM ops.feed_polls
    GROUP BY ALL
) AS asked ON asked.day = calendar.day
LEFT JOIN (
    SELECT first_seen_at::DATE AS day, count(*) AS articles FROM core.articles GROUP BY ALL
) AS read ON read.day = calendar.day
ORDER BY calendar.day;
COMMENT ON VIEW analytics.coverage IS 'One row a day from the first poll to the last: how many feeds were asked and answered, so that a day without incidents can be told from a day on which nobody looked.';
COMMENT ON COLUMN analytics.coverage.day IS 'The day (UTC).';
COMMENT ON COLUMN analytics.coverage.feeds_polled IS 'How many feeds were asked.';
COMMENT ON COLUMN analytics.coverage.feeds_answered IS 'How many of them answered at least once.';
COMMENT ON COLUMN analytics.coverage.polls IS 'How often feeds were asked.';
COMMENT ON COLUMN analytics.coverage.articles IS 'How many articles were read for the first time.';
COMMENT ON COLUMN analytics.coverage.gap IS 'Whether fewer than seven in ten of the feeds asked answered, or none was asked.';
