"""`manage.py adopt_shipped`: after an upgrade that ships newer calendars or editions."""

from django.core.management.base import BaseCommand

from mespace.platform import clock
from mespace.regulation.operations.adopt_shipped import adopt_shipped


class Command(BaseCommand):
    """Adopts what is shipped and not in the database yet."""

    help = "Adopt the shipped production calendars and editions of the regulation that are not in the database yet."

    def handle(self, *_args: object, **_options: object) -> None:
        """Say which were adopted."""
        adopted = adopt_shipped(now=clock.now())
        self.stdout.write(f"Adopted: {', '.join(adopted)}." if adopted else "Everything shipped was adopted before.")
