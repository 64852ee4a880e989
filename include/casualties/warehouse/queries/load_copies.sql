-- After load_versions. A stored version can turn out a copy as well, when its original comes late.
INSERT INTO core.article_copies BY NAME
SELECT found.*, $run_id AS run_id
FROM staged_articlecopy AS found
SEMI JOIN core.article_versions AS version ON version.version_id = found.version_id
WHERE found.copy_of <> found.article_id
ON CONFLICT (version_id) DO UPDATE SET copy_of = excluded.copy_of, similarity = excluded.similarity
