SELECT schema_name, table_name FROM duckdb_tables() WHERE schema_name IN ('core', 'ops') ORDER BY ALL
