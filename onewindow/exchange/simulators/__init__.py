"""Partners as processes of their own. They know the protocol and nothing else of the product."""
