"""Everything that changes an audit or a nonconformity, one module per noun."""
