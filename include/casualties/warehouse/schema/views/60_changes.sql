CREATE VIEW analytics.incident_changes AS
SELECT
    known_from,
    incident_id,
    revision,
    change,
    coalesce(killed.best, killed.low, killed.high) AS killed,
    lag(coalesce(killed.best, killed.low, killed.high)) OVER earlier AS killed_before,
    coalesce(injured.best, injured.low, injured.high) AS injured,
    lag(coalesce(injured.best, injured.low, injured.high)) OVER earlier AS injured_before,
    coalesce(place.gazetteer_name, place.name) AS place,
    place.country AS country,
    type,
    reports,
    independent_sources,
    part_of,
    merged_into,
    run_id
FROM core.incident_history
WINDOW earlier AS (PARTITION BY incident_id ORDER BY revision)
ORDER BY known_from DESC, incident_id, revision DESC;
COMMENT ON VIEW analytics.incident_changes IS 'Every state that an incident has had, newest first, with what changed.';
COMMENT ON COLUMN analytics.incident_changes.known_from IS 'Since when this state was known (UTC).';
COMMENT ON COLUMN analytics.incident_changes.incident_id IS 'The incident.';
COMMENT ON COLUMN analytics.incident_changes.revision IS '1 is the first state.';
COMMENT ON COLUMN analytics.incident_changes.change IS 'Why this state was written: opened, report added, figure raised, figure lowered, updated (a newer version of an article), corrected (one that says so or tells fewer), merged, withdrawn.';
COMMENT ON COLUMN analytics.incident_changes.killed IS 'People killed: the stated number, else the lowest, else the highest.';
COMMENT ON COLUMN analytics.incident_changes.killed_before IS 'The same in the state before.';
COMMENT ON COLUMN analytics.incident_changes.injured IS 'People injured, likewise.';
COMMENT ON COLUMN analytics.incident_changes.injured_before IS 'The same in the state before.';
COMMENT ON COLUMN analytics.incident_changes.place IS 'Most exact place told.';
COMMENT ON COLUMN analytics.incident_changes.country IS 'ISO 3166 alpha-3.';
COMMENT ON COLUMN analytics.incident_changes.type IS 'The means.';
COMMENT ON COLUMN analytics.incident_changes.reports IS 'Number of reports.';
COMMENT ON COLUMN analytics.incident_changes.independent_sources IS 'Number of independent sources.';
COMMENT ON COLUMN analytics.incident_changes.part_of IS 'incident_id of the whole.';
COMMENT ON COLUMN analytics.incident_changes.merged_into IS 'incident_id that took its reports.';
COMMENT ON COLUMN analytics.incident_changes.run_id IS 'The run that brought the change.';
