"""A city of invented people for the law to be run over: from a thousand to 13.8 million, the same from the same seed."""
