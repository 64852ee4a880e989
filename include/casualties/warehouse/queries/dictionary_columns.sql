SELECT schema_name, table_name, column_name, data_type, comment
FROM duckdb_columns()
WHERE schema_name IN ('analytics', 'core', 'ops')
ORDER BY schema_name, table_name, column_index
