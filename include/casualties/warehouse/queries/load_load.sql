INSERT INTO ops.loads BY NAME
FROM staged_load
