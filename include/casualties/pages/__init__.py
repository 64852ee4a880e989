"""Pages: which to fetch, fetching them, and the archive that keeps them."""
