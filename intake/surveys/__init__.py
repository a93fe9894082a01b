"""The results of the survey, under /admin/sondages/: figures by service and by month, nobody's answers."""
