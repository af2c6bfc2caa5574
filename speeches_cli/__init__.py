"""Read, search and compare a compilation of official Chinese speeches from a terminal."""

__version__ = "1.6.0"
