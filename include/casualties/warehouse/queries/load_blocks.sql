INSERT INTO core.report_blocks BY NAME
SELECT block, report_id
FROM new_blocks
WHERE report_id NOT IN (SELECT report_id FROM core.report_terms)
