"""What must reach the outside (a message, a query, a payment order): written with the act, sent after commit."""

from django.db import models


class OutMessage(models.Model):
    key = models.CharField(max_length=120, unique=True)
    """Made by us before sending; the receiver uses it to do nothing twice."""
    channel = models.CharField(max_length=40)
    lane = models.CharField(max_length=80)
    """Who is at the other end: the channel itself, or one of several behind it."""
    payload = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField(db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before"], name="outbox_waiting", condition=models.Q(sent_at=None, given_up_at=None)
            )
        ]
        constraints = [models.CheckConstraint(condition=~models.Q(lane=""), name="outbox_has_lane")]


class Lane(models.Model):
    """One at the other end who did not answer. Whoever waits for others does not wait for this one."""

    name = models.CharField(max_length=80, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    """In a row, of the other end and not of a message."""
    rests_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    failed_at = models.DateTimeField()
