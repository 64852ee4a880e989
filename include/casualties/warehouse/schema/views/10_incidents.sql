-- One row an incident, as it was known at a time. A part stays in the list, with part_of and without deaths.
CREATE MACRO analytics.incidents_as_of(t) AS TABLE
SELECT
    incident_id,
    coalesce(date."start", first_reported::DATE) AS day,
    CASE WHEN part_of IS NULL THEN coalesce(killed.best, killed.low, killed.high) END AS deaths,
    killed.low AS killed_low,
    killed.best AS killed_best,
    killed.high AS killed_high,
    injured.low AS injured_low,
    injured.best AS injured_best,
    injured.high AS injured_high,
    missing.low AS missing_low,
    missing.best AS missing_best,
    missing.high AS missing_high,
    displaced.low AS displaced_low,
    displaced.best AS displaced_best,
    displaced.high AS displaced_high,
    abducted.low AS abducted_low,
    abducted.best AS abducted_best,
    abducted.high AS abducted_high,
    killed IS NOT NULL AND (killed.low IS NULL OR killed.best IS NULL OR killed.high IS NULL) AS open_figure,
    type,
    date."start" AS date_start,
    date."end" AS date_end,
    date."precision" AS date_precision,
    coalesce(place.gazetteer_name, place.name) AS place,
    place.admin1 AS admin1,
    place.country AS country,
    place.lat AS lat,
    place.lon AS lon,
    place."precision" AS place_precision,
    actors,
    [actor.name FOR actor IN actors IF actor.role = 'perpetrator'] AS perpetrators,
    denials,
    sources,
    publishers,
    reports,
    independent_sources,
    sources_disagree,
    victims,
    confidence,
    first_reported,
    last_reported,
    part_of,
    revision,
    known_from,
    change
FROM core.incident_history
WHERE known_from <= t::TIMESTAMP
QUALIFY row_number() OVER (PARTITION BY incident_id ORDER BY revision DESC) = 1
    AND merged_into IS NULL
    AND reports > 0;
COMMENT ON MACRO TABLE analytics.incidents_as_of IS 'The rows of analytics.incidents as they were known at a time (TIMESTAMP, UTC).';

CREATE VIEW analytics.incidents AS
FROM analytics.incidents_as_of('infinity');
COMMENT ON VIEW analytics.incidents IS 'One row an incident, over all its independent reports. sum(deaths) counts nobody twice: it is NULL where the incident is part of another. Incidents that were merged into another or whose reports were all withdrawn are left out (see incident_changes).';
COMMENT ON COLUMN analytics.incidents.incident_id IS 'Stable id; a merge keeps the older incident and its id.';
COMMENT ON COLUMN analytics.incidents.day IS 'The day to count it under: the first day of its date or, where no report says when, the day of the first report.';
COMMENT ON COLUMN analytics.incidents.deaths IS 'People killed, for sums: the stated number, else the lowest, else the highest; NULL where unsaid, and for a part of another incident.';
COMMENT ON COLUMN analytics.incidents.killed_low IS 'People killed: the lowest number over its independent reports; NULL is not said, 0 is said: none.';
COMMENT ON COLUMN analytics.incidents.killed_best IS 'People killed: the stated number; NULL where only a vague word was given.';
COMMENT ON COLUMN analytics.incidents.killed_high IS 'People killed: the highest number over its independent reports; NULL is open upwards.';
COMMENT ON COLUMN analytics.incidents.injured_low IS 'People injured: the lowest number over its independent reports; NULL is not said, 0 is said: none.';
COMMENT ON COLUMN analytics.incidents.injured_best IS 'People injured: the stated number; NULL where only a vague word was given.';
COMMENT ON COLUMN analytics.incidents.injured_high IS 'People injured: the highest number over its independent reports; NULL is open upwards.';
COMMENT ON COLUMN analytics.incidents.missing_low IS 'People missing: the lowest number over its independent reports; NULL is not said, 0 is said: none.';
COMMENT ON COLUMN analytics.incidents.missing_best IS 'People missing: the stated number; NULL where only a vague word was given.';
COMMENT ON COLUMN analytics.incidents.missing_high IS 'People missing: the highest number over its independent reports; NULL is open upwards.';
COMMENT ON COLUMN analytics.incidents.displaced_low IS 'People forced from their homes: the lowest number over its independent reports; NULL is not said, 0 is said: none.';
COMMENT ON COLUMN analytics.incidents.displaced_best IS 'People forced from their homes: the stated number; NULL where only a vague word was given.';
COMMENT ON COLUMN analytics.incidents.displaced_high IS 'People forced from their homes: the highest number over its independent reports; NULL is open upwards.';
COMMENT ON COLUMN analytics.incidents.abducted_low IS 'People taken or held: the lowest number over its independent reports; NULL is not said, 0 is said: none.';
COMMENT ON COLUMN analytics.incidents.abducted_best IS 'People taken or held: the stated number; NULL where only a vague word was given.';
COMMENT ON COLUMN analytics.incidents.abducted_high IS 'People taken or held: the highest number over its independent reports; NULL is open upwards.';
COMMENT ON COLUMN analytics.incidents.open_figure IS 'Whether the number of killed is open: "at least", "up to", or a vague word.';
COMMENT ON COLUMN analytics.incidents.type IS 'The means, as told most often: air_strike, shelling, bombing, shooting, disaster and so on; unknown where unsaid.';
COMMENT ON COLUMN analytics.incidents.date_start IS 'First day on which it may have happened; NULL where no report says.';
COMMENT ON COLUMN analytics.incidents.date_end IS 'Last day on which it may have happened.';
COMMENT ON COLUMN analytics.incidents.date_precision IS 'day, week, month, year or period.';
COMMENT ON COLUMN analytics.incidents.place IS 'Most exact place told: its name in the gazetteer, else as written.';
COMMENT ON COLUMN analytics.incidents.admin1 IS 'Province or state.';
COMMENT ON COLUMN analytics.incidents.country IS 'ISO 3166 alpha-3 of where it happened.';
COMMENT ON COLUMN analytics.incidents.lat IS 'Latitude in degrees (WGS 84) of the place or of the middle of the area; read it with place_precision.';
COMMENT ON COLUMN analytics.incidents.lon IS 'Longitude in degrees (WGS 84).';
COMMENT ON COLUMN analytics.incidents.place_precision IS 'exact, near, admin2, admin1 or country: what the coordinates stand for.';
COMMENT ON COLUMN analytics.incidents.actors IS 'Who is said to have taken part: name, role (perpetrator, target, party) and status (stated, claimed, accused, suspected).';
COMMENT ON COLUMN analytics.incidents.perpetrators IS 'Names of the actors with the role perpetrator.';
COMMENT ON COLUMN analytics.incidents.denials IS 'Who denies it, and for which actor.';
COMMENT ON COLUMN analytics.incidents.sources IS 'To whom the figures are attributed.';
COMMENT ON COLUMN analytics.incidents.publishers IS 'Outlets that report it.';
COMMENT ON COLUMN analytics.incidents.reports IS 'Number of reports, copies included.';
COMMENT ON COLUMN analytics.incidents.independent_sources IS 'Number of publishers with a text of their own: a syndicated copy counts with its original.';
COMMENT ON COLUMN analytics.incidents.sources_disagree IS 'Whether independent reports give numbers of killed or injured that cannot all hold.';
COMMENT ON COLUMN analytics.incidents.victims IS 'Numbers by outcome and group (civilians, children, women, combatants, security_forces, journalists, medics).';
COMMENT ON COLUMN analytics.incidents.confidence IS 'Between 0 and 1: the highest confidence of its reports.';
COMMENT ON COLUMN analytics.incidents.first_reported IS 'When the first of its reports was published (UTC).';
COMMENT ON COLUMN analytics.incidents.last_reported IS 'When the latest of its reports was published (UTC).';
COMMENT ON COLUMN analytics.incidents.part_of IS 'incident_id of the incident whose numbers include this one.';
COMMENT ON COLUMN analytics.incidents.revision IS 'How often the row has changed since it was opened (1 is the first state).';
COMMENT ON COLUMN analytics.incidents.known_from IS 'Since when this state is known (UTC).';
COMMENT ON COLUMN analytics.incidents.change IS 'What the latest change was, for example report added, figure raised, corrected.';
