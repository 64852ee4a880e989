-- Incidents in the columns of two communities. Accidents and disasters are neither's subject; parts are left out.
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
    kind.event_type,
    kind.sub_event_type,
    incident.named[1] AS actor1,
    incident.named[2] AS actor2,
    incident.country,
    incident.admin1,
    incident.place AS location,
    incident.lat AS latitude,
    incident.lon AS longitude,
    CASE incident.place_precision WHEN 'exact' THEN 1 WHEN 'near' THEN 2 WHEN 'admin2' THEN 2 ELSE 3 END AS geo_precision,
    array_to_string(incident.publishers, '; ') AS source,
    array_to_string(incident.sources, '; ') AS notes,
    CASE WHEN profile = 'acled' AND incident.killed_best IS NULL AND incident.killed_high IS NULL
         THEN coalesce((SELECT max(word.fatalities) FROM word WHERE contains(lower(state.killed.phrase), word.pattern)),
                       incident.deaths)
         ELSE incident.deaths END AS fatalities,
    incident.known_from AS "timestamp"
FROM (
    SELECT *, list_distinct([actor.name FOR actor IN actors IF actor.role <> 'target']) AS named
    FROM analytics.incidents
    WHERE part_of IS NULL
) AS incident
JOIN core.current_incidents AS state USING (incident_id)
JOIN kind ON kind.type = incident.type;
COMMENT ON MACRO TABLE analytics.acled IS 'Violent incidents in the columns of ACLED, with its precision codes (1 to 3). Profile ''acled'' gives vague words ACLED''s numbers (several 10, dozens 12, hundreds 100), ''stated'' keeps the lowest that the word can mean. country is ISO 3166 alpha-3; actors stand in the order told, without ACLED''s actor codes.';

CREATE MACRO analytics.ucdp_ged() AS TABLE
SELECT
    incident.incident_id AS id,
    year(incident.day) AS year,
    incident.named[1] AS side_a,
    incident.named[2] AS side_b,
    incident.independent_sources AS number_of_sources,
    array_to_string(incident.publishers, '; ') AS source_office,
    array_to_string(incident.sources, '; ') AS source_original,
    CASE incident.place_precision WHEN 'exact' THEN 1 WHEN 'near' THEN 2 WHEN 'admin2' THEN 3 WHEN 'admin1' THEN 4
         WHEN 'country' THEN 6 END AS where_prec,
    incident.place AS where_coordinates,
    incident.admin1 AS adm_1,
    incident.lat AS latitude,
    incident.lon AS longitude,
    incident.country,
    coalesce(incident.date_start, incident.day) AS date_start,
    coalesce(incident.date_end, incident.day) AS date_end,
    CASE WHEN incident.date_start IS NULL THEN 2
         WHEN incident.date_end = incident.date_start THEN 1
         WHEN incident.date_end - incident.date_start < 6 THEN 2
         WHEN incident.date_end - incident.date_start < 8 THEN 3
         WHEN incident.date_end - incident.date_start < 32 THEN 4
         ELSE 5 END AS date_prec,
    civilian.deaths AS deaths_civilians,
    incident.deaths - coalesce(civilian.deaths, 0) AS deaths_unknown,
    incident.deaths AS best,
    coalesce(incident.killed_high, incident.deaths) AS high,
    coalesce(incident.killed_low, incident.deaths) AS low
FROM (
    SELECT *, list_distinct([actor.name FOR actor IN actors IF actor.role <> 'target']) AS named
    FROM analytics.incidents
    WHERE part_of IS NULL AND deaths > 0 AND type NOT IN ('accident', 'disaster')
) AS incident
LEFT JOIN (
    SELECT told.incident_id, least(max(coalesce(told.victim.best, told.victim.low)), any_value(told.deaths)) AS deaths
    FROM (SELECT incident_id, deaths, unnest(victims) AS victim FROM analytics.incidents) AS told
    WHERE told.victim.outcome = 'killed' AND told.victim."group" = 'civilians'
    GROUP BY told.incident_id
) AS civilian USING (incident_id);
COMMENT ON MACRO TABLE analytics.ucdp_ged IS 'Lethal violence in the columns of UCDP GED, with its precision codes (where_prec 1 exact to 6 country, date_prec 1 day to 5 year). Deaths that are not told to be civilians are deaths_unknown; type_of_violence is not coded.';
