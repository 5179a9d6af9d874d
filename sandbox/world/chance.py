"""Chance by seed, in streams: a draw more in one stream leaves the others as they were."""
import hashlib
import math
import random

FIELD = 2**256 - 2**32 - 977  # of secp256k1


class Chance(random.Random):
    """One stream. Equal seeds and names give equal draws, on any machine."""

    def __init__(self, seed, name):
        super().__init__(int.from_bytes(hashlib.sha256(f"{seed}/{name}".encode()).digest(), "big"))
        self._path = f"{seed}/{name}"

    def near(self, middle, spread):
        """A positive number around `middle`, log-normal."""
        return middle * math.exp(self.gauss(0, spread))

    def hash_hex(self):
        return f"{self.getrandbits(256):064x}"

    def public_key(self):
        """A compressed point of secp256k1, in hex: readers refuse what is none."""
        while True:
            x = self.getrandbits(256)
            if 0 < x < FIELD and pow(x**3 + 7, (FIELD - 1) // 2, FIELD) == 1:
                return f"{2 + self.getrandbits(1):02x}{x:064x}"
