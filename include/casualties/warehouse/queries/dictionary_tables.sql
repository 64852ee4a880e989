SELECT schema_name, view_name AS name, comment FROM duckdb_views() WHERE schema_name = 'analytics' AND NOT internal
UNION ALL
SELECT schema_name, table_name, comment FROM duckdb_tables() WHERE schema_name IN ('core', 'ops')
ORDER BY schema_name, name
