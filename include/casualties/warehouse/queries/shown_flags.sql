SELECT flag, count(*) AS articles, list(publisher || ': ' || title ORDER BY publisher, title)[:$limit] AS examples
FROM (SELECT unnest(flags) AS flag, publisher, title FROM analytics.articles)
GROUP BY flag
ORDER BY articles DESC, flag
