"""Everything that changes the library, one module per noun."""
