-- One row: what operators were told since $since.
SELECT
    count(*) FILTER (delivered) AS delivered,
    count(*) FILTER (NOT delivered AND silenced_until IS NULL) AS undelivered,
    count(*) FILTER (silenced_until IS NOT NULL) AS silenced
FROM ops.alerts
WHERE sent_at > $since
