-- The reports filed under the wanted blocks; not under a person's name that so many have that it tells nothing apart.
-- A table, so that linked_in_blocks is planned for how few they are.
CREATE OR REPLACE TEMP TABLE near_reports AS
WITH wanted AS (
    SELECT block, try_cast(right(block, 10) AS DATE) AS day FROM wanted_blocks
),
named AS (
    SELECT list(filed.report_id) AS report_ids
    FROM core.report_blocks AS filed
    SEMI JOIN wanted ON wanted.block = filed.block
    WHERE filed.day IS NULL
    GROUP BY filed.block
    HAVING NOT starts_with(filed.block, $who) OR count(*) <= $most
)
SELECT filed.report_id
FROM core.report_blocks AS filed
SEMI JOIN wanted ON wanted.block = filed.block
WHERE filed.day BETWEEN (SELECT min(day) FROM wanted) AND (SELECT max(day) FROM wanted)
UNION
SELECT unnest(report_ids) FROM named
