INSERT INTO core.incident_history BY NAME
SELECT *, $run_id AS run_id
FROM new_states
