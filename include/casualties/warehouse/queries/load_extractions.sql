-- Not again where the newest to read the version was this extractor.
INSERT INTO core.extractions BY NAME
SELECT article.version_id, $extractor_version AS extractor_version, $now AS extracted_at, $run_id AS run_id
FROM fit_versions AS article
ANTI JOIN (
    SELECT version_id, arg_max(extractor_version, (extracted_at, extractor_version)) AS extractor_version
    FROM core.extractions AS extraction
    SEMI JOIN fit_versions AS found ON found.version_id = extraction.version_id
    GROUP BY version_id
) AS newest ON newest.version_id = article.version_id AND newest.extractor_version = $extractor_version
ORDER BY article.version_id
ON CONFLICT (version_id, extractor_version) DO UPDATE SET extracted_at = excluded.extracted_at, run_id = excluded.run_id
