-- What keeps the cost of a run from growing with the archive.

-- Which stories each feed listed when its body was last read; what the next poll will most likely list again.
CREATE TABLE core.listings (
    feed_id    VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL
);

-- The day in a block; blocks come about in the order of days, so that looking for one reads little of the table.
ALTER TABLE core.report_blocks ADD COLUMN day DATE;
UPDATE core.report_blocks SET day = try_cast(right(block, 10) AS DATE);
