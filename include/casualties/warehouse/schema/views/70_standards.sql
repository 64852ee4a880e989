-- Incidents in all the columns of two communities, in their order; what is not coded here is NULL. Accidents and
-- disasters are neither's subject; parts are left out.

-- Who stands on which side: those who did it or one party of a clash, and those it was done to or the other party.
CREATE OR REPLACE VIEW core.incident_sides AS
SELECT
    incident_id,
    coalesce(did[1], party[1]) AS side_a,
    did[2:] AS with_a,
    CASE WHEN len(did) > 0 THEN coalesce(party[1], target[1]) ELSE coalesce(party[2], target[1]) END AS side_b,
    CASE WHEN len(did) > 0 AND len(party) = 0 THEN target[2:] ELSE party[3:] END AS with_b
FROM (
    SELECT
        incident_id,
        [actor.name FOR actor IN actors IF actor.role = 'perpetrator'] AS did,
        [actor.name FOR actor IN actors IF actor.role = 'party'] AS party,
        [actor.name FOR actor IN actors IF actor.role = 'target'] AS target
    FROM analytics.incidents
);

CREATE MACRO analytics.acled(profile) AS TABLE
WITH word(pattern, fatalities) AS (
    VALUES ('tens of thousands', 10000), ('thousand', 1000), ('hundred', 100), ('dozen', 12), ('several', 10)
),
kind(type, event_type, sub_event_type) AS (
    VALUES
        ('air_strike', 'Explosions/Remote violence', 'Air/drone strike'),
        ('drone_strike', 'Explosions/Remote violence', 'Air/drone strike'),
        ('missile_strike', 'Explosions/Remote violence', 'Shelling/artillery/missile attack'),
        ('shelling', 'Explosions/Remote violence', 'Shelling/artillery/missile attack'),
        ('bombing', 'Explosions/Remote violence', 'Remote explosive/landmine/IED'),
        ('chemical_attack', 'Explosions/Remote violence', 'Chemical weapon'),
        ('armed_clash', 'Battles', 'Armed clash'),
        ('shooting', 'Violence against civilians', 'Attack'),
        ('execution', 'Violence against civilians', 'Attack'),
        ('vehicle_attack', 'Violence against civilians', 'Attack'),
        ('abduction', 'Violence against civilians', 'Abduction/forced disappearance'),
        ('riot', 'Riots', 'Mob violence'),
        ('other', NULL, NULL),
        ('unknown', NULL, NULL)
)
SELECT
    incident.incident_id AS event_id_cnty,
    incident.day AS event_date,
    year(incident.day) AS year,
    CASE WHEN incident.date_start IS NULL THEN 2
         WHEN incident.date_end - incident.date_start <= 1 THEN 1
         WHEN incident.date_end - incident.date_start <= 7 THEN 2
         ELSE 3 END AS time_precision,
    CASE WHEN kind.event_type IS NOT NULL THEN 'Political violence' END AS disorder_type,
    kind.event_type,
    kind.sub_event_type,
    sides.side_a AS actor1,
    nullif(array_to_string(sides.with_a, '; '), '') AS assoc_actor_1,
    NULL::VARCHAR AS inter1,
    sides.side_b AS actor2,
    nullif(array_to_string(sides.with_b, '; '), '') AS assoc_actor_2,
    NULL::VARCHAR AS inter2,
    NULL::VARCHAR AS interaction,
    CASE WHEN kind.event_type = 'Violence against civilians' THEN 'Civilian targeting' END AS civilian_targeting,
    known.numeric_code AS iso,
    NULL::VARCHAR AS region,
    coalesce(known.name, incident.country) AS country,
    incident.admin1,
    NULL::VARCHAR AS admin2,
    NULL::VARCHAR AS admin3,
    incident.place AS location,
    incident.lat AS latitude,
    incident.lon AS longitude,
    CASE incident.place_precision WHEN 'exact' THEN 1 WHEN 'near' THEN 2 WHEN 'admin2' THEN 2 ELSE 3 END AS geo_precision,
    array_to_string(incident.publishers, '; ') AS source,
    NULL::VARCHAR AS source_scale,
    told.evidence AS notes,
    CASE WHEN profile NOT IN ('acled', 'stated')
         THEN error('analytics.acled(profile): the profile is ''acled'' or ''stated''')
         WHEN profile = 'acled' AND incident.killed_best IS NULL AND incident.killed_high IS NULL
         THEN coalesce((SELECT max(word.fatalities) FROM word WHERE contains(lower(state.killed.phrase), word.pattern)),
                       incident.deaths)
         ELSE incident.deaths END AS fatalities,
    NULL::VARCHAR AS tags,
    epoch(incident.known_from)::BIGINT AS "timestamp"
FROM analytics.incidents AS incident
JOIN core.current_incidents AS state USING (incident_id)
JOIN core.incident_sides AS sides USING (incident_id)
JOIN kind ON kind.type = incident.type
LEFT JOIN analytics.countries AS known ON known.country = incident.country
LEFT JOIN (
    SELECT incident_id, arg_min(evidence, (published, report_id)) AS evidence FROM analytics.reports GROUP BY incident_id
) AS told USING (incident_id)
WHERE incident.part_of IS NULL;
COMMENT ON MACRO TABLE analytics.acled IS 'Violent incidents in the columns of ACLED, with its precision codes (1 to 3). Profile ''acled'' gives vague words ACLED''s numbers (several 10, dozens 12, hundreds 100), ''stated'' keeps the lowest that the word can mean.';

CREATE MACRO analytics.ucdp_ged() AS TABLE
SELECT
    incident.incident_id AS id,
    incident.incident_id AS relid,
    year(incident.day) AS year,
    NULL::BOOLEAN AS active_year,
    'Unverified' AS code_status,
    NULL::BIGINT AS type_of_violence,
    NULL::BIGINT AS conflict_dset_id,
    NULL::BIGINT AS conflict_new_id,
    NULL::VARCHAR AS conflict_name,
    NULL::BIGINT AS dyad_dset_id,
    NULL::BIGINT AS dyad_new_id,
    sides.side_a || ' - ' || sides.side_b AS dyad_name,
    NULL::BIGINT AS side_a_dset_id,
    NULL::BIGINT AS side_a_new_id,
    sides.side_a,
    NULL::BIGINT AS side_b_dset_id,
    NULL::BIGINT AS side_b_new_id,
    sides.side_b,
    incident.independent_sources AS number_of_sources,
    told.articles AS source_article,
    array_to_string(incident.publishers, '; ') AS source_office,
    told.dates AS source_date,
    told.headlines AS source_headline,
    nullif(array_to_string(incident.sources, '; '), '') AS source_original,
    CASE incident.place_precision WHEN 'exact' THEN 1 WHEN 'near' THEN 2 WHEN 'admin2' THEN 3 WHEN 'admin1' THEN 4
         WHEN 'country' THEN 6 END AS where_prec,
    incident.place AS where_coordinates,
    told.place_names AS where_description,
    incident.admin1 AS adm_1,
    NULL::VARCHAR AS adm_2,
    incident.lat AS latitude,
    incident.lon AS longitude,
    'POINT (' || incident.lon || ' ' || incident.lat || ')' AS geom_wkt,
    -- PRIO-GRID: cells of half a degree, numbered row by row from the south-west.
    (floor((incident.lat + 90) * 2) * 720 + floor((incident.lon + 180) * 2) + 1)::BIGINT AS priogrid_gid,
    coalesce(known.name, incident.country) AS country,
    NULL::BIGINT AS country_id,
    NULL::VARCHAR AS region,
    CASE WHEN incident.date_end - incident.date_start < 8 THEN 1 ELSE 2 END AS event_clarity,
    CASE WHEN incident.date_start IS NULL THEN 2
         WHEN incident.date_end = incident.date_start THEN 1
         WHEN incident.date_end - incident.date_start < 6 THEN 2
         WHEN incident.date_end - incident.date_start < 8 THEN 3
         WHEN incident.date_end - incident.date_start < 32 THEN 4
         ELSE 5 END AS date_prec,
    coalesce(incident.date_start, incident.day) AS date_start,
    coalesce(incident.date_end, incident.day) AS date_end,
    NULL::BIGINT AS deaths_a,
    NULL::BIGINT AS deaths_b,
    civilian.deaths AS deaths_civilians,
    incident.deaths - coalesce(civilian.deaths, 0) AS deaths_unknown,
    incident.deaths AS best,
    coalesce(incident.killed_high, incident.deaths) AS high,
    coalesce(incident.killed_low, incident.deaths) AS low,
    NULL::BIGINT AS gwnoa,
    NULL::BIGINT AS gwnob
FROM analytics.incidents AS incident
JOIN core.incident_sides AS sides USING (incident_id)
LEFT JOIN analytics.countries AS known ON known.country = incident.country
LEFT JOIN (
    SELECT
        incident_id,
        string_agg(publisher || ', ' || strftime(published, '%Y-%m-%d') || ', ' || title, '; ' ORDER BY published, report_id)
            AS articles,
        string_agg(strftime(published, '%Y-%m-%d'), '; ' ORDER BY published, report_id) AS dates,
        string_agg(title, '; ' ORDER BY published, report_id) AS headlines,
        string_agg(DISTINCT place_name, '; ' ORDER BY place_name) AS place_names
    FROM analytics.reports
    GROUP BY incident_id
) AS told USING (incident_id)
LEFT JOIN (
    SELECT told.incident_id, least(max(coalesce(told.victim.best, told.victim.low)), any_value(told.deaths)) AS deaths
    FROM (SELECT incident_id, deaths, unnest(victims) AS victim FROM analytics.incidents) AS told
    WHERE told.victim.outcome = 'killed' AND told.victim."group" = 'civilians'
    GROUP BY told.incident_id
) AS civilian USING (incident_id)
WHERE incident.part_of IS NULL AND incident.deaths > 0 AND incident.type NOT IN ('accident', 'disaster');
COMMENT ON MACRO TABLE analytics.ucdp_ged IS 'Lethal violence in the columns of UCDP GED, with its precision codes (where_prec 1 exact to 6 country, date_prec 1 day to 5 year). Deaths that are not told to be civilians are deaths_unknown; identifiers of conflicts, dyads and actors are not coded.';
