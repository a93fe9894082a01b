"""A real SMTP server, in a thread, that keeps what it receives."""

from email import message_from_bytes, policy


class Mailbox:
    """An SMTP handler that keeps what it gets, and refuses while `down`."""

    def __init__(self) -> None:
        self.messages = []
        self.down = False
        self.during = None

    async def handle_DATA(self, server, session, envelope):
        if self.down:
            return "451 Come back later"
        if self.during:
            self.during()
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"
