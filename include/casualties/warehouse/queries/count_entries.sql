SELECT count(*)
FROM staged_entry AS entry
WHERE NOT EXISTS (
    SELECT 1 FROM staged_quarantined AS bad WHERE bad.subject = 'entry' AND bad.subject_id = entry.entry_id
)
