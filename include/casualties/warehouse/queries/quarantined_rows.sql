FROM ops.quarantine
WHERE list_contains($ids, quarantine_id)
ORDER BY quarantine_id
