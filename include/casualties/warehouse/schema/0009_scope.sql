-- Of whom and of what a report's figures are told: of all victims, of one group of them, or of several attacks.
ALTER TABLE core.event_reports ADD COLUMN scope VARCHAR DEFAULT 'all';
