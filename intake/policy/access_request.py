"""Access to information (art. 4.6; A-2.1 art. 47): what the citizen is told of the legal delay, in calendar days."""

from datetime import date, timedelta

# art. 47: « au plus tard dans les vingt jours qui suivent la date de la réception ». Calendar days (CAI).
ANSWER_DAYS = 20


def told_answer_by(received_on: date) -> date:
    """Return the day that the acknowledgement names: day 20 as it is, never extended (show the earliest)."""
    return received_on + timedelta(days=ANSWER_DAYS)
