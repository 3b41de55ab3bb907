"""
The law over everybody: who is owed and does not have it (find), which grants agree no longer (recheck), what the months
ahead cost (budget). Reads the city, asks the bulk engine, and writes leads and lists of onewindow.fields.finding.
"""
