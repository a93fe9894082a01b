"""The door of the services that the clerk asks for documents (art. 4.6): the task, never the file nor who asks."""
