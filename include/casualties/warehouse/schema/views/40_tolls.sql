-- A toll beside the sum of the incidents of its area and period; never added to them.
CREATE VIEW analytics.tolls AS
SELECT
    report.report_id,
    report.publisher,
    report.published,
    report.url,
    report.killed_low AS killed_low,
    report.killed_best AS killed_best,
    report.killed_high AS killed_high,
    report.injured_low AS injured_low,
    report.injured_best AS injured_best,
    report.injured_high AS injured_high,
    report.missing_low AS missing_low,
    report.missing_best AS missing_best,
    report.missing_high AS missing_high,
    report.displaced_low AS displaced_low,
    report.displaced_best AS displaced_best,
    report.displaced_high AS displaced_high,
    report.abducted_low AS abducted_low,
    report.abducted_best AS abducted_best,
    report.abducted_high AS abducted_high,
    report.date_start,
    report.date_end,
    report.place,
    report.admin1,
    report.country,
    report.sources,
    report.copy_of,
    report.evidence,
    report.confidence,
    (
        SELECT sum(incident.deaths)::BIGINT
        FROM analytics.incidents AS incident
        WHERE incident.country = report.country
            AND (report.place_precision IS NULL OR report.place_precision = 'country' OR incident.admin1 = report.admin1)
            AND (report.place_precision IS NULL OR report.place_precision IN ('country', 'admin1')
                 OR incident.place = report.place)
            AND incident.day BETWEEN report.date_start AND report.date_end
    ) AS incidents_deaths
FROM analytics.reports AS report
WHERE report.kind = 'toll';
COMMENT ON VIEW analytics.tolls IS 'Numbers added up over a period or a war, as articles tell them. They overlap each other and the incidents: never add them.';
COMMENT ON COLUMN analytics.tolls.report_id IS 'The report, in analytics.reports.';
COMMENT ON COLUMN analytics.tolls.publisher IS 'Outlet.';
COMMENT ON COLUMN analytics.tolls.published IS 'When the article was published (UTC).';
COMMENT ON COLUMN analytics.tolls.url IS 'Address of the article.';
COMMENT ON COLUMN analytics.tolls.killed_low IS 'People killed: the lowest number as told; NULL is not said, 0 is said: none.';
COMMENT ON COLUMN analytics.tolls.killed_best IS 'People killed: the stated number; NULL where only a vague word was given.';
COMMENT ON COLUMN analytics.tolls.killed_high IS 'People killed: the highest number as told; NULL is open upwards.';
COMMENT ON COLUMN analytics.tolls.injured_low IS 'People injured: the lowest number as told; NULL is not said, 0 is said: none.';
COMMENT ON COLUMN analytics.tolls.injured_best IS 'People injured: the stated number; NULL where only a vague word was given.';
COMMENT ON COLUMN analytics.tolls.injured_high IS 'People injured: the highest number as told; NULL is open upwards.';
COMMENT ON COLUMN analytics.tolls.missing_low IS 'People missing: the lowest number as told; NULL is not said, 0 is said: none.';
COMMENT ON COLUMN analytics.tolls.missing_best IS 'People missing: the stated number; NULL where only a vague word was given.';
COMMENT ON COLUMN analytics.tolls.missing_high IS 'People missing: the highest number as told; NULL is open upwards.';
COMMENT ON COLUMN analytics.tolls.displaced_low IS 'People forced from their homes: the lowest number as told; NULL is not said, 0 is said: none.';
COMMENT ON COLUMN analytics.tolls.displaced_best IS 'People forced from their homes: the stated number; NULL where only a vague word was given.';
COMMENT ON COLUMN analytics.tolls.displaced_high IS 'People forced from their homes: the highest number as told; NULL is open upwards.';
COMMENT ON COLUMN analytics.tolls.abducted_low IS 'People taken or held: the lowest number as told; NULL is not said, 0 is said: none.';
COMMENT ON COLUMN analytics.tolls.abducted_best IS 'People taken or held: the stated number; NULL where only a vague word was given.';
COMMENT ON COLUMN analytics.tolls.abducted_high IS 'People taken or held: the highest number as told; NULL is open upwards.';
COMMENT ON COLUMN analytics.tolls.date_start IS 'First day of the period; NULL where unsaid.';
COMMENT ON COLUMN analytics.tolls.date_end IS 'Last day of the period.';
COMMENT ON COLUMN analytics.tolls.place IS 'The area, by its name in the gazetteer, else as written.';
COMMENT ON COLUMN analytics.tolls.admin1 IS 'Province or state.';
COMMENT ON COLUMN analytics.tolls.country IS 'ISO 3166 alpha-3.';
COMMENT ON COLUMN analytics.tolls.sources IS 'To whom the number is attributed.';
COMMENT ON COLUMN analytics.tolls.copy_of IS 'article_id of the story that the article copies.';
COMMENT ON COLUMN analytics.tolls.evidence IS 'The sentences it was read from.';
COMMENT ON COLUMN analytics.tolls.confidence IS 'Between 0 and 1.';
COMMENT ON COLUMN analytics.tolls.incidents_deaths IS 'For comparison: deaths of our own incidents in that area and period; NULL where the toll has no country or period.';
