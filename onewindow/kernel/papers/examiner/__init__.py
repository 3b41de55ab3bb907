"""Looks into a file that a stranger sent. Knows no Django and no secrets: it runs in a process of its own."""
