"""The DuckDB warehouse: opened in one place, loaded in one transaction, published as a file that analysts read."""

from casualties.warehouse.connection import open_warehouse

__all__ = ["open_warehouse"]
