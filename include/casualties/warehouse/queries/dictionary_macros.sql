SELECT DISTINCT function_name, parameters, comment
FROM duckdb_functions()
WHERE schema_name = 'analytics'
ORDER BY function_name
