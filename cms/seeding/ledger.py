"""Which items were seeded already: an item is put in place once, then never touched again."""

from collections.abc import Iterable

from cms.models import SeededItem


class Ledger:
    """Read once, then asked for each item; call inside the transaction that writes the item."""

    def __init__(self) -> None:
        self._keys = set(SeededItem.objects.values_list("key", flat=True))

    def has(self, key: str) -> bool:
        """Say whether the item was seeded, now or in an earlier run."""
        return key in self._keys

    def first_time(self, key: str) -> bool:
        """Say whether the item is new, and note it as seeded from now on."""
        if key in self._keys:
            return False
        SeededItem.objects.create(key=key)
        self._keys.add(key)
        return True

    def all_new(self, prefix: str, names: Iterable[str]) -> list[str]:
        """Note every `prefix/name` as seeded and return the names that were new, in their order."""
        new = [name for name in names if f"{prefix}/{name}" not in self._keys]
        SeededItem.objects.bulk_create(SeededItem(key=f"{prefix}/{name}") for name in new)
        self._keys.update(f"{prefix}/{name}" for name in new)
        return new
