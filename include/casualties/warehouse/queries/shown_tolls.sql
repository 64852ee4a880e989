SELECT *
FROM analytics.tolls
WHERE copy_of IS NULL
ORDER BY coalesce(killed_best, killed_low, killed_high) DESC NULLS LAST, published DESC, report_id
LIMIT $limit
