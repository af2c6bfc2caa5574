"""The tests of speeches."""
