-- The reports filed under the wanted blocks; not under a person's name that so many have that it tells nothing apart.
WITH wanted AS (
    SELECT block, try_cast(right(block, 10) AS DATE) AS day FROM wanted_blocks
),
near AS (
    SELECT filed.report_id
    FROM core.report_blocks AS filed
    SEMI JOIN wanted ON wanted.block = filed.block
    WHERE filed.day BETWEEN (SELECT min(day) FROM wanted) AND (SELECT max(day) FROM wanted)
    UNION
    SELECT filed.report_id
    FROM core.report_blocks AS filed
    SEMI JOIN wanted ON wanted.block = filed.block
    WHERE filed.day IS NULL
    QUALIFY NOT starts_with(filed.block, $who) OR count(*) OVER (PARTITION BY filed.block) <= $most
)
SELECT link.incident_id, link.opened_at, terms.terms, report.*
FROM core.live_links AS link
SEMI JOIN near ON near.report_id = link.report_id
JOIN core.event_reports AS report ON report.report_id = link.report_id
JOIN core.report_terms AS terms ON terms.report_id = link.report_id
ORDER BY report.report_id
