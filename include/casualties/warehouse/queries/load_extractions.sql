INSERT INTO core.extractions BY NAME
SELECT version_id, $extractor_version AS extractor_version, $now AS extracted_at, $run_id AS run_id
FROM fit_versions AS article
ANTI JOIN core.current_extractions AS newest
    ON newest.version_id = article.version_id AND newest.extractor_version = $extractor_version
ON CONFLICT (version_id, extractor_version) DO UPDATE SET extracted_at = excluded.extracted_at, run_id = excluded.run_id
