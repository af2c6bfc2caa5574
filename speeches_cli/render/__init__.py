"""Results → text in one of the formats; nothing here prints, sorts or decides."""
