"""The staff's door to the monthly lists, under /admin/listes/."""
