"""Appointments and queue numbers of the windows: who is next, who came, who did not."""
