"""The town's year: the staff's page under /admin/calendrier/, and the feed that their calendar programs read."""
