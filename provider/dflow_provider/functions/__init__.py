"""The provider's functions, one module each."""
