"""The exception that ends a command with one sentence. Standard library only."""


class Stop(Exception):  # noqa: N818 - it says what to do
    """The command cannot go on; the message is one sentence for the person at the terminal."""
