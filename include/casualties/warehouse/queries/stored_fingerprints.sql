SELECT print.version_id
FROM core.fingerprints AS print
WHERE list_contains($ids, print.version_id)
