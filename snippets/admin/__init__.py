"""How staff edit the grid in the admin: lists, forms, checks before saving, refusals before deleting."""
