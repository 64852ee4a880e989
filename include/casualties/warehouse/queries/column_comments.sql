-- What is said of the columns of a view, or of what a macro gives; a macro's other columns are those of incidents.
SELECT column_name, comment FROM duckdb_columns() WHERE schema_name = 'analytics' AND table_name = 'incidents'
UNION ALL
SELECT column_name, comment FROM analytics.macro_columns WHERE macro = $name
UNION ALL
SELECT column_name, comment FROM duckdb_columns() WHERE schema_name = 'analytics' AND table_name = $name
