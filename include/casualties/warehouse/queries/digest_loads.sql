-- One row: what the loads since $since brought, and the last good load ever.
SELECT
    count(*) FILTER (loaded_at > $since) AS runs,
    count(*) FILTER (loaded_at > $since AND critical) AS held_back,
    CAST(coalesce(sum(new_articles) FILTER (loaded_at > $since), 0) AS BIGINT) AS articles,
    CAST(coalesce(sum(incidents_opened) FILTER (loaded_at > $since), 0) AS BIGINT) AS incidents,
    max(loaded_at) FILTER (NOT critical) AS last_load
FROM ops.loads
