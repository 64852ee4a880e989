CREATE OR REPLACE TEMP VIEW fit_versions AS
FROM fit_articles
WHERE NOT passed_over
