from django.db import models


class Place(models.Model):
    """A city, district, street or community, from a day until a day; merged ones name their successor."""

    class Level(models.TextChoices):
        CITY = "city", "市"
        DISTRICT = "district", "区"
        STREET = "street", "街道（乡镇）"
        COMMUNITY = "community", "社区（村）"

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=60, db_index=True)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name

    @property
    def place_id(self) -> str:
        """A place lies within itself: so that permissions can ask any target where it is."""
        return self.code

    @property
    def audit_shard(self) -> str:
        return self.code[:6]
