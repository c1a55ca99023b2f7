"""Draw some of a pool, so that the seed alone says which. Pure."""

import hashlib
from collections.abc import Callable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def drawn(pool: Sequence[Thing], count: int | None, seed: str, name: Callable[[Thing], str] = str) -> list[Thing]:
    """Return `count` things of the pool in the pool's order; all of it where `count` is None or not smaller.

    Each thing has its lot by its name and the seed, so that neither the order of the pool nor what else is in it
    decides whether it comes before another.

    >>> drawn(["a", "b", "c", "d"], 2, "x") == drawn(["d", "c", "b", "a"], 2, "x")[::-1]
    True
    """
    if count is None or count >= len(pool):
        return list(pool)
    lots = sorted(range(len(pool)), key=lambda place: (_lot(name(pool[place]), seed), place))
    return [pool[place] for place in sorted(lots[:count])]


def _lot(name: str, seed: str) -> bytes:
    return hashlib.blake2s(f"{seed}:{name}".encode(), digest_size=16).digest()
