INSERT INTO core.fingerprints BY NAME
SELECT print.* EXCLUDE ("at", copy_of), print."at" AS told_at
FROM staged_fingerprint AS print
SEMI JOIN fit_versions AS article ON article.version_id = print.version_id
ON CONFLICT DO NOTHING
