"""What people read: tables in the terminal, explained extractions, the snapshot behind the News desk page."""
