-- One row a figure of a current incident that the run changed, beside the extremes of the reports linked to it.
WITH changed AS (
    SELECT incident.*
    FROM core.current_incidents AS incident
    WHERE incident.merged_into IS NULL AND incident.run_id = $run_id
),
members AS (
    SELECT link.incident_id, report.killed, report.injured, report.missing, report.displaced, report.abducted
    FROM core.incident_reports AS link
    JOIN core.event_reports AS report ON report.report_id = link.report_id
    SEMI JOIN changed ON changed.incident_id = link.incident_id
    WHERE link.unlinked_at IS NULL
),
extremes AS (
    SELECT
        incident_id,
        outcome,
        min(coalesce(figure.low, figure.best, figure.high)) AS reports_low,
        max(coalesce(figure.high, figure.best, figure.low)) AS reports_high
    FROM (UNPIVOT members ON killed, injured, missing, displaced, abducted INTO NAME outcome VALUE figure)
    GROUP BY incident_id, outcome
),
figures AS (
    UNPIVOT (SELECT incident_id, type, place.name AS place, killed, injured, missing, displaced, abducted FROM changed)
    ON killed, injured, missing, displaced, abducted
    INTO NAME outcome VALUE figure
)
SELECT
    incident_id AS subject_id,
    concat_ws(' ', outcome, 'by', type, 'at', coalesce(place, 'an unnamed place')) AS label,
    figure.low AS low,
    figure.best AS best,
    figure.high AS high,
    reports_low,
    reports_high,
    reports_low IS NOT NULL OR reports_high IS NOT NULL AS reported,
    concat('low ', coalesce(CAST(figure.low AS VARCHAR), '-'), ', best ', coalesce(CAST(figure.best AS VARCHAR), '-'),
        ', high ', coalesce(CAST(figure.high AS VARCHAR), '-'), '; reports ', reports_low, ' to ', reports_high) AS figure
FROM figures
LEFT JOIN extremes USING (incident_id, outcome)
