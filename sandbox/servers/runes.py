"""Runes as Core Lightning makes them: base64url(authentication code, restrictions)."""
import base64
import binascii
import hashlib


class Refused(Exception):
    """With the text of the refusal."""


def _padded(data):
    """As SHA-256 ends a message: what follows then continues a hash that anybody can have seen."""
    zeros = -(len(data) + 9) % 64
    return data + b"\x80" + bytes(zeros) + (8 * len(data)).to_bytes(8, "big")


def _code(secret, restrictions):
    data = secret
    for restriction in restrictions:
        data = _padded(data) + restriction.encode()
    return hashlib.sha256(data).digest()


def make(secret, unique_id, restrictions):
    """@param restrictions such as "method^list|method^get": each must hold, in each one alternative"""
    parts = [f"={unique_id}", *restrictions]
    return base64.urlsafe_b64encode(_code(secret, parts) + "&".join(parts).encode()).decode()


def _holds(alternative, values):
    for operator, test in (("^", str.startswith), ("$", str.endswith), ("=", str.__eq__), ("/", lambda a, b: a != b)):
        name, found, wanted = alternative.partition(operator)
        if found and name.isalpha():
            return name in values and test(values[name], wanted) or name not in values and operator == "/"
    return False


def check(secret, text, method):
    """Raises Refused unless the rune is of this secret and admits that method."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise Refused("Not authorized: should be base64 string") from None
    restrictions = data[32:].decode("utf-8", "replace").split("&")
    if data[:32] != _code(secret, restrictions):
        raise Refused("Not authorized: Not derived from master")
    for restriction in restrictions:
        if restriction.startswith("=") or restriction.startswith("rate="):
            continue  # its own number; and how often it may be used, which this sandbox does not count
        if not any(_holds(alternative, {"method": method}) for alternative in restriction.split("|")):
            raise Refused(f"Not permitted: method does not satisfy {restriction}")
