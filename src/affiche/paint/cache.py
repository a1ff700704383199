# SPDX-License-Identifier: Apache-2.0
"""What painting one creative leaves behind for the next one: covers, silhouettes, logos, within a limit."""

import itertools
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

DEFAULT_CAPACITY: Final = 96 * 1024 * 1024

Pixels = NDArray[np.uint8]
Plane = NDArray[Any]


class PaintCache:
    """Arrays kept by key, the least recently used leaving first when ``capacity`` bytes are passed.

    What is returned is shared and read-only. A cache belongs to one thread; it may serve many photos and logos, which
    take part in keys by `token`.
    """

    def __init__(self, capacity: int = DEFAULT_CAPACITY) -> None:
        self.capacity = capacity
        self._entries: OrderedDict[Hashable, Plane] = OrderedDict()
        self._held = 0
        self._owners: dict[int, tuple[weakref.ref[object], int]] = {}
        self._serials = itertools.count()

    @property
    def held(self) -> int:
        """Bytes kept now."""
        return self._held

    def __len__(self) -> int:
        return len(self._entries)

    def token(self, owner: object) -> int:
        """A number that stands for ``owner`` while it lives and is never given to another object of this cache."""
        known = self._owners.get(id(owner))
        if known is not None and known[0]() is owner:
            return known[1]
        self._owners = {address: entry for address, entry in self._owners.items() if entry[0]() is not None}
        serial = next(self._serials)
        self._owners[id(owner)] = weakref.ref(owner), serial
        return serial

    def get(self, key: Hashable, make: Callable[[], Plane]) -> Plane:
        """The array of ``key``, made on the first call. One larger than a quarter of the capacity is not kept."""
        found = self._entries.get(key)
        if found is not None:
            self._entries.move_to_end(key)
            return found
        made = make()
        made.flags.writeable = False
        if made.nbytes <= self.capacity // 4:
            self._entries[key] = made
            self._held += made.nbytes
            while self._held > self.capacity:
                _, dropped = self._entries.popitem(last=False)
                self._held -= dropped.nbytes
        return made
