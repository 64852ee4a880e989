-- The incidents of two attached databases, before and after, whose deaths or existence differ most, a sentence each.
SELECT format(
    '{}, {}: {} -> {}',
    coalesce(new.day, old.day)::VARCHAR,
    coalesce(new.place, old.place, new.country, old.country, 'place unknown'),
    coalesce(old.deaths::VARCHAR, 'absent'),
    coalesce(new.deaths::VARCHAR, 'absent')
)
FROM before.analytics.incidents AS old
FULL JOIN after.analytics.incidents AS new USING (incident_id)
WHERE old.deaths IS DISTINCT FROM new.deaths OR (old.incident_id IS NULL) <> (new.incident_id IS NULL)
ORDER BY abs(coalesce(new.deaths, 0) - coalesce(old.deaths, 0)) DESC, coalesce(new.incident_id, old.incident_id)
LIMIT 20
