"""The project: settings, addresses, roles and the home of the admin; it knows every room and nobody knows it."""
