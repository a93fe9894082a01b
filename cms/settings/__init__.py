"""Settings: base holds what every place shares; dev, test and production say how they differ."""
