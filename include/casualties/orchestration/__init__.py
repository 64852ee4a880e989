"""The outermost layer: Airflow runs the pipeline's functions, a task a batch. Nothing below imports from here."""
