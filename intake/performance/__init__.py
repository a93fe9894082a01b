"""The director's figures, under /admin/performance/: a page to read in a minute, a list behind each figure, a workbook."""
