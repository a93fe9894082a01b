"""The reviews of guides (art. 2.3: « à jour et fiables »): who owns a guide, who is told, who reads the list."""
