-- The last result of each expectation before a run, leaving out those that had nothing to judge.
SELECT *
FROM ops.validation_results
WHERE run_id <> $run_id AND outcome <> 'skipped' AND checked_at <= $before
QUALIFY row_number() OVER (PARTITION BY suite, expectation ORDER BY checked_at DESC, run_id DESC) = 1
