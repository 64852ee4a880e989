SELECT view_name FROM duckdb_views() WHERE schema_name = 'analytics' AND NOT internal ORDER BY view_name
