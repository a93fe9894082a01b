"""What the staff decide and everyone reads: the grid, designations, employees, closures, message texts. Imports no other room."""
