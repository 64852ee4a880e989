-- One row a figure of a current incident that the run changed, beside the extremes of the reports linked to it.
WITH changed AS (
    SELECT incident.*
    FROM core.current_incidents AS incident
    WHERE incident.merged_into IS NULL AND incident.run_id = $run_id
),
figures AS (
    SELECT incident_id, type, place.name AS place, told.outcome, told.figure
    FROM changed,
        unnest([
            {'outcome': 'killed', 'figure': killed}, {'outcome': 'injured', 'figure': injured},
            {'outcome': 'missing', 'figure': missing}, {'outcome': 'displaced', 'figure': displaced},
            {'outcome': 'abducted', 'figure': abducted}
        ]) AS told_once(told)
    WHERE told.figure IS NOT NULL
),
told AS (
    SELECT link.incident_id, told.outcome, told.figure
    FROM core.incident_reports AS link
    JOIN core.event_reports AS report USING (report_id),
        unnest([
            {'outcome': 'killed', 'figure': killed}, {'outcome': 'injured', 'figure': injured},
            {'outcome': 'missing', 'figure': missing}, {'outcome': 'displaced', 'figure': displaced},
            {'outcome': 'abducted', 'figure': abducted}
        ]) AS told_once(told)
    SEMI JOIN changed ON changed.incident_id = link.incident_id
    WHERE link.unlinked_at IS NULL AND told.figure IS NOT NULL
),
extremes AS (
    SELECT
        incident_id,
        outcome,
        min(coalesce(figure.low, figure.best, figure.high)) AS reports_low,
        max(coalesce(figure.high, figure.best, figure.low)) AS reports_high
    FROM told
    GROUP BY incident_id, outcome
)
SELECT
    figures.incident_id AS subject_id,
    concat_ws(' ', figures.outcome, 'by', figures.type, 'at', coalesce(figures.place, 'an unnamed place')) AS label,
    figures.figure.low AS low,
    figures.figure.best AS best,
    figures.figure.high AS high,
    extremes.reports_low,
    extremes.reports_high,
    extremes.incident_id IS NOT NULL AS reported,
    concat('low ', figures.figure.low, ', best ', figures.figure.best, ', high ', figures.figure.high,
        '; reports ', extremes.reports_low, ' to ', extremes.reports_high) AS figure
FROM figures
LEFT JOIN extremes USING (incident_id, outcome)
