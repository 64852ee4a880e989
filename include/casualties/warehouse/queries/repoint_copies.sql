-- What was a copy of a story that is a copy itself by now is one of that story's original.
UPDATE core.article_copies AS copy SET copy_of = moved.copy_of
FROM (SELECT DISTINCT article_id, copy_of FROM staged_articlecopy) AS moved
WHERE copy.copy_of = moved.article_id AND copy.article_id <> moved.copy_of
