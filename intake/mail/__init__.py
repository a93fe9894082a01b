"""From a message text to a row of the outbox, and from the outbox to the mail server; who asks for it is not its business."""
