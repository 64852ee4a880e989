-- Before load_fingerprints, by which it knows what is new.
INSERT INTO core.fingerprint_keys BY NAME
SELECT unnest(print.sketch[:print.keys]) AS key, print.version_id, print."at" AS told_at
FROM (FROM staged_fingerprint QUALIFY row_number() OVER (PARTITION BY version_id) = 1) AS print
SEMI JOIN fit_versions AS article ON article.version_id = print.version_id
ANTI JOIN core.fingerprints AS stored ON stored.version_id = print.version_id
ORDER BY told_at
