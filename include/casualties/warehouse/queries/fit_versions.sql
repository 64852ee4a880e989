CREATE OR REPLACE TEMP TABLE fit_versions AS
FROM fit_articles
WHERE NOT passed_over
