-- When the same row broke the same rule again: it stands in quarantine once, however often its page is looked at.

ALTER TABLE ops.quarantine ADD COLUMN last_met_at TIMESTAMP;
