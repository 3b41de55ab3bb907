"""Standards: who proposes another, what it would cost, who approves it, and from which month it is the law."""
