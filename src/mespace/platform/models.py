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
