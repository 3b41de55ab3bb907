"""Service seeks people （政策找人): who is owed and does not have it, and which grants no longer agree with the law or the facts."""
