class Unfit(Exception):
    """The file can't be taken; the message says in Chinese what is wrong and what to do."""
