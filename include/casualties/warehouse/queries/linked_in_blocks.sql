-- The reports filed under the wanted blocks; not under a person's name that so many have that it tells nothing apart.
SELECT link.incident_id, link.opened_at, terms.terms, report.*
FROM core.live_links AS link
JOIN core.event_reports AS report USING (report_id)
JOIN core.report_terms AS terms USING (report_id)
SEMI JOIN (
    SELECT filed.report_id
    FROM core.report_blocks AS filed
    SEMI JOIN wanted_blocks AS wanted ON wanted.block = filed.block
    QUALIFY NOT starts_with(filed.block, $who) OR count(*) OVER (PARTITION BY filed.block) <= $most
) AS near ON near.report_id = link.report_id
ORDER BY report.report_id
