"""Getting bytes from the web: politely, and without ever visiting an address that must not be visited."""
