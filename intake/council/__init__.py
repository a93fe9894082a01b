"""The officials' page, under /admin/elus/: the list of each month as it was published."""
