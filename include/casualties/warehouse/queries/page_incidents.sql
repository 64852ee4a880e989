-- The newest incidents, each with its reports (the first $reports of them) and all its states.
WITH chosen AS (
    FROM analytics.incidents ORDER BY day DESC, incident_id LIMIT $limit
)
SELECT
    chosen.* EXCLUDE (perpetrators, known_from, change),
    told.told,
    states.states
FROM chosen
LEFT JOIN (
    SELECT
        incident_id,
        list({'publisher': publisher, 'published': published, 'title': title, 'url': url, 'quote': evidence[:$quote],
              'killed_low': killed_low, 'killed_best': killed_best, 'killed_high': killed_high,
              'copy': copy_of IS NOT NULL} ORDER BY published, publisher, report_id) AS told
    FROM (
        FROM analytics.reports
        SEMI JOIN chosen USING (incident_id)
        QUALIFY row_number() OVER (PARTITION BY incident_id ORDER BY copy_of IS NOT NULL, published, publisher, report_id) <= $reports
    )
    GROUP BY incident_id
) AS told USING (incident_id)
LEFT JOIN (
    SELECT
        incident_id,
        list({'at': known_from, 'change': change, 'killed': killed, 'before': killed_before, 'reports': reports}
             ORDER BY revision) AS states
    FROM analytics.incident_changes
    SEMI JOIN chosen USING (incident_id)
    GROUP BY incident_id
) AS states USING (incident_id)
ORDER BY chosen.day DESC, chosen.incident_id
