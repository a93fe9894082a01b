"""What citizens read: home, services, guides, information; it reads the grid and knows nothing of cases."""
