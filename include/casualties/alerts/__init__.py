"""What operators are told, and how it reaches them."""
