INSERT INTO core.report_blocks BY NAME
SELECT block, report_id, try_cast(right(block, 10) AS DATE) AS day
FROM new_blocks
ANTI JOIN core.report_terms AS stored ON stored.report_id = new_blocks.report_id
ORDER BY day
