"""The tamper-evident log: one hash chain per shard (a district, or the city), heads anchored outside."""

from django.db import models


class ChainHead(models.Model):
    """The newest line of a shard; its row lock makes writers queue, so a chain never forks."""

    shard = models.CharField(max_length=12, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)


class AuditLine(models.Model):
    shard = models.CharField(max_length=12)
    seq = models.PositiveBigIntegerField()
    at = models.CharField(max_length=32)
    """ISO 8601 in UTC, kept as text: what was hashed is what is stored, on every database."""
    actor = models.CharField(max_length=80)
    actor_account = models.BigIntegerField(null=True)
    actor_person = models.BigIntegerField(null=True)
    action = models.CharField(max_length=60, db_index=True)
    target = models.CharField(max_length=80, db_index=True)
    subject = models.BigIntegerField(null=True)
    """The person whose record was seen or changed; that person can read this line."""
    reason = models.CharField(max_length=400, blank=True)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "seq"], name="audit_line_once")]
        indexes = [
            models.Index(fields=["subject", "-id"], name="audit_by_subject"),
            models.Index(fields=["actor_account", "at"], name="audit_by_actor"),
        ]


class Anchor(models.Model):
    """The heads of all shards at one instant; the same text is kept outside (another host, paper, a partner's receipt)."""

    at = models.DateTimeField()
    heads = models.JSONField()
    digest = models.CharField(max_length=64)
