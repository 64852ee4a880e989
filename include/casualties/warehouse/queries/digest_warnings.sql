-- Warnings of the time since $since: each expectation with the newest of its sentences, and in how many runs it failed.
SELECT suite, expectation, count(*) AS runs, arg_max(message, checked_at) AS message, arg_max(samples, checked_at) AS samples
FROM ops.validation_results
WHERE severity = 'warning' AND outcome = 'failed' AND checked_at > $since
GROUP BY ALL
ORDER BY runs DESC, suite, expectation
