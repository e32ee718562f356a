"""Each kind says what its kind must."""
