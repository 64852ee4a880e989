SELECT
    (SELECT count(*) FROM analytics.articles) AS articles,
    (SELECT count(*) FROM analytics.reports) AS reports,
    (SELECT count(*) FROM analytics.incidents) AS incidents,
    (SELECT count(*) FROM analytics.tolls) AS tolls
