CREATE VIEW analytics.reports AS
SELECT
    report.report_id,
    link.incident_id,
    report.kind,
    report.scope,
    report.article_id,
    article.url,
    version.title,
    report.publisher,
    report.published,
    report.killed.low AS killed_low,
    report.killed.best AS killed_best,
    report.killed.high AS killed_high,
    report.injured.low AS injured_low,
    report.injured.best AS injured_best,
    report.injured.high AS injured_high,
    report.missing.low AS missing_low,
    report.missing.best AS missing_best,
    report.missing.high AS missing_high,
    report.displaced.low AS displaced_low,
    report.displaced.best AS displaced_best,
    report.displaced.high AS displaced_high,
    report.abducted.low AS abducted_low,
    report.abducted.best AS abducted_best,
    report.abducted.high AS abducted_high,
    report.killed.basis AS killed_basis,
    report.killed.phrase AS killed_phrase,
    report.type,
    report.date."start" AS date_start,
    report.date."end" AS date_end,
    report.date."precision" AS date_precision,
    report.date.phrase AS date_phrase,
    report.place.name AS place_name,
    coalesce(report.place.gazetteer_name, report.place.name) AS place,
    report.place.admin1 AS admin1,
    report.place.country AS country,
    report.place.lat AS lat,
    report.place.lon AS lon,
    report.place."precision" AS place_precision,
    report.actors,
    report.denials,
    report.sources,
    report.victims,
    report.confidence,
    report.part_of_report,
    report.copy_of,
    array_to_string([
        substring(CASE span.field WHEN 'title' THEN version.title ELSE version.text END,
                  span."start" + 1, span."end" - span."start")
        FOR span IN report.evidence
    ], ' … ') AS evidence,
    report.ordinal,
    report.version_id,
    report.extractor_version
FROM core.current_reports AS report
JOIN core.articles AS article USING (article_id)
JOIN core.article_versions AS version ON version.version_id = report.version_id
LEFT JOIN core.incident_reports AS link ON link.report_id = report.report_id AND link.unlinked_at IS NULL;
COMMENT ON VIEW analytics.reports IS 'One row an event or toll as the newest version of one article tells it. Several rows tell of one incident: never sum over this view, sum over incidents.';
COMMENT ON COLUMN analytics.reports.report_id IS 'Id derived from the article version, the extractor version and the place in the article.';
COMMENT ON COLUMN analytics.reports.incident_id IS 'The incident that it tells of; NULL for tolls, for summaries and for what happened before 1900.';
COMMENT ON COLUMN analytics.reports.kind IS 'event: at one place and time; toll: a number added up over a period or a war.';
COMMENT ON COLUMN analytics.reports.scope IS 'all: its numbers are of all victims; group: of one nation foreign there, one family, one community, or of children or women alone; summary: a vague or great number of several attacks on no day, which has no incident.';
COMMENT ON COLUMN analytics.reports.article_id IS 'The article, in analytics.articles.';
COMMENT ON COLUMN analytics.reports.url IS 'Canonical address of the article.';
COMMENT ON COLUMN analytics.reports.title IS 'Headline.';
COMMENT ON COLUMN analytics.reports.publisher IS 'Outlet.';
COMMENT ON COLUMN analytics.reports.published IS 'When the article was published (UTC).';
COMMENT ON COLUMN analytics.reports.killed_low IS 'People killed: the lowest number as told; NULL is not said, 0 is said: none.';
COMMENT ON COLUMN analytics.reports.killed_best IS 'People killed: the stated number; NULL where only a vague word was given.';
COMMENT ON COLUMN analytics.reports.killed_high IS 'People killed: the highest number as told; NULL is open upwards.';
COMMENT ON COLUMN analytics.reports.injured_low IS 'People injured: the lowest number as told; NULL is not said, 0 is said: none.';
COMMENT ON COLUMN analytics.reports.injured_best IS 'People injured: the stated number; NULL where only a vague word was given.';
COMMENT ON COLUMN analytics.reports.injured_high IS 'People injured: the highest number as told; NULL is open upwards.';
COMMENT ON COLUMN analytics.reports.missing_low IS 'People missing: the lowest number as told; NULL is not said, 0 is said: none.';
COMMENT ON COLUMN analytics.reports.missing_best IS 'People missing: the stated number; NULL where only a vague word was given.';
COMMENT ON COLUMN analytics.reports.missing_high IS 'People missing: the highest number as told; NULL is open upwards.';
COMMENT ON COLUMN analytics.reports.displaced_low IS 'People forced from their homes: the lowest number as told; NULL is not said, 0 is said: none.';
COMMENT ON COLUMN analytics.reports.displaced_best IS 'People forced from their homes: the stated number; NULL where only a vague word was given.';
COMMENT ON COLUMN analytics.reports.displaced_high IS 'People forced from their homes: the highest number as told; NULL is open upwards.';
COMMENT ON COLUMN analytics.reports.abducted_low IS 'People taken or held: the lowest number as told; NULL is not said, 0 is said: none.';
COMMENT ON COLUMN analytics.reports.abducted_best IS 'People taken or held: the stated number; NULL where only a vague word was given.';
COMMENT ON COLUMN analytics.reports.abducted_high IS 'People taken or held: the highest number as told; NULL is open upwards.';
COMMENT ON COLUMN analytics.reports.killed_basis IS 'How the number of killed was told: exact, at_least, at_most, approximate, range, vague, sum or conflicting.';
COMMENT ON COLUMN analytics.reports.killed_phrase IS 'The words that give the number of killed.';
COMMENT ON COLUMN analytics.reports.type IS 'The means, as this report has it.';
COMMENT ON COLUMN analytics.reports.date_start IS 'First day on which it may have happened, as this report has it.';
COMMENT ON COLUMN analytics.reports.date_end IS 'Last day on which it may have happened.';
COMMENT ON COLUMN analytics.reports.date_precision IS 'day, week, month, year or period.';
COMMENT ON COLUMN analytics.reports.date_phrase IS 'The words that give the date.';
COMMENT ON COLUMN analytics.reports.place_name IS 'The place as written.';
COMMENT ON COLUMN analytics.reports.place IS 'The place by its name in the gazetteer, else as written.';
COMMENT ON COLUMN analytics.reports.admin1 IS 'Province or state.';
COMMENT ON COLUMN analytics.reports.country IS 'ISO 3166 alpha-3.';
COMMENT ON COLUMN analytics.reports.lat IS 'Latitude in degrees (WGS 84).';
COMMENT ON COLUMN analytics.reports.lon IS 'Longitude in degrees (WGS 84).';
COMMENT ON COLUMN analytics.reports.place_precision IS 'exact, near, admin2, admin1 or country.';
COMMENT ON COLUMN analytics.reports.actors IS 'Who took part: name, role and status.';
COMMENT ON COLUMN analytics.reports.denials IS 'Who denies it.';
COMMENT ON COLUMN analytics.reports.sources IS 'To whom the report attributes its numbers.';
COMMENT ON COLUMN analytics.reports.victims IS 'Numbers by outcome and group.';
COMMENT ON COLUMN analytics.reports.confidence IS 'Between 0 and 1: of the reports at 0.8, eight in ten are right.';
COMMENT ON COLUMN analytics.reports.part_of_report IS 'report_id of the report, in the same article, whose number includes this one.';
COMMENT ON COLUMN analytics.reports.copy_of IS 'article_id of the story that the article copies.';
COMMENT ON COLUMN analytics.reports.evidence IS 'The sentences it was read from.';
COMMENT ON COLUMN analytics.reports.ordinal IS 'Place in the article, from 0; the main event is first.';
COMMENT ON COLUMN analytics.reports.version_id IS 'The article version, in analytics.article_history(url).';
COMMENT ON COLUMN analytics.reports.extractor_version IS 'Version of the extractor that read it.';
