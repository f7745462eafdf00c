"""The platform's own tables."""

from django.db import models


class IdempotencyKey(models.Model):
    """The answer once given to a write, kept with the key that its form carried."""

    actor = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    act = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="idempotency_key_unique")]

    def __str__(self) -> str:
        return f"{self.act} {self.key}"


class Pace(models.Model):
    """How full one person's bucket was at an instant (platform/pace.py). Not logged: a crash may empty it."""

    person = models.CharField(max_length=40)
    company = models.CharField(max_length=40)
    act = models.CharField(max_length=20)
    level = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "act"], name="pace_of_person_unique")]
        indexes = [models.Index(fields=["company", "act"], name="pace_of_company")]

    def __str__(self) -> str:
        return f"{self.person} {self.act}"
