"""Rapid Gossip Sync snapshots, versions 1 and 2: whole, or what is new since a snapshot that the client has."""
import base64
import collections
import re
import socket
import struct

from sandbox.servers.http import Answer, Server

CHAIN = bytes.fromhex("6fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000")
FEATURES = bytes.fromhex("808898882a8a59a1")
CHANNEL_FEATURES = b""
# flag, name of the field, its format; in the order in which they stand
FIELDS = ((64, "cltv", ">H"), (32, "min_htlc_msat", ">Q"), (16, "base_msat", ">I"), (8, "ppm", ">I"), (4, "max_htlc_msat", ">Q"))
INCREMENTAL, DISABLED, DIRECTION = 128, 2, 1
# of a version 2 node's first byte
DEFAULT_FEATURES_ONE, ADDRESSES, ALWAYS = 1 << 3, 1 << 2, 1 << 1
EXTRA_OF_CHANNEL = 1 << 63


class Rgs(Server):
    name = "rgs"
    packs = True

    def handle(self, request):
        found = re.match(r"/(?:v2/snapshot|snapshot(/v2)?)/(\d+)(?:\.bin)?$", request.path)
        if not found or request.method not in ("GET", "HEAD"):
            return Answer(404, "Not Found", "text/plain")
        version = 2 if found[1] or request.path.startswith("/v2/") else 1
        return Answer(200, snapshot(self.world, version, int(found[2]), request.shift), "application/octet-stream")


def big_size(number):
    if number < 0xFD:
        return bytes([number])
    for lead, form, bound in ((b"\xfd", ">H", 1 << 16), (b"\xfe", ">I", 1 << 32)):
        if number < bound:
            return lead + struct.pack(form, number)
    return b"\xff" + struct.pack(">Q", number)


def _with_length(data):
    return struct.pack(">H", len(data)) + data


def _address(place):
    kind, host, port = place
    if kind == "ipv4":
        data = b"\x01" + socket.inet_aton(host)
    elif kind == "ipv6":
        data = b"\x02" + socket.inet_pton(socket.AF_INET6, host)
    else:
        # a made-up name carries no checksum; its 35 bytes are what counts
        data = b"\x04" + base64.b32decode(host.removesuffix(".onion").upper())[:35]
    data += struct.pack(">H", port)
    return bytes([len(data)]) + data


def _node(node, version):
    key = bytearray(bytes.fromhex(node.pubkey))
    if version == 1:
        return bytes(key)
    key[0] = ALWAYS | (key[0] & 1)
    if not node.announced_at:
        return bytes(key)
    key[0] |= DEFAULT_FEATURES_ONE | ADDRESSES
    return bytes(key) + bytes([len(node.addresses)]) + b"".join(_address(place) for place in node.addresses)


def _defaults(policies):
    """The commonest value of each field: what an update does not say."""
    return {name: collections.Counter(getattr(policy, name) for policy in policies).most_common(1)[0][0] for _, name, _ in FIELDS}


class _Updates:
    """Each newest policy that the client has not: (channel, side, policy, what the client has or None)."""

    def __init__(self, channels, since):
        self.listed = []
        for one in channels:
            for side in (0, 1):
                newest = one.policy[side]
                if newest is None or newest.updated_at <= since:
                    continue
                older = [policy for policy in one.history[side] if policy.updated_at <= since]
                self.listed.append((one, side, newest, older[-1] if since and older else None))

    def packed(self):
        out = struct.pack(">I", len(self.listed))
        if not self.listed:
            return out
        defaults = _defaults([policy for _, _, policy, _ in self.listed])
        out += struct.pack(">HQIIQ", *(defaults[name] for _, name, _ in FIELDS))
        previous = 0
        for one, side, policy, known in self.listed:
            out += big_size(one.scid - previous) + _update(side, policy, known, defaults)
            previous = one.scid
        return out


def _update(side, policy, known, defaults):
    """Against what the client knows only what changed; else what differs from the defaults."""
    flags, fields = (DIRECTION if side else 0) | (DISABLED if policy.disabled else 0), b""
    if known:
        flags |= INCREMENTAL
    for flag, name, form in FIELDS:
        value = getattr(policy, name)
        if value != (getattr(known, name) if known else defaults[name]):
            flags |= flag
            fields += struct.pack(form, value)
    return bytes([flags]) + fields


def _announcements(channels, indexes, version):
    out, previous = struct.pack(">I", len(channels)), 0
    for one in channels:
        first, second = (indexes[node] for node in one.nodes)
        out += _with_length(CHANNEL_FEATURES) + big_size(one.scid - previous)
        out += big_size(first | EXTRA_OF_CHANNEL if version == 2 else first) + big_size(second)
        out += _with_length(big_size(one.capacity_sat)) if version == 2 else b""
        previous = one.scid
    return out


def snapshot(world, version, since, shift=0):
    """The bytes for a client whose last snapshot is of `since`; 0: it has none. Inbound fees are not in it."""
    channels = world.public_channels()
    fresh = [one for one in channels if one.ready_at > since]
    updates = _Updates(channels, since)
    nodes = sorted({node for one in fresh for node in one.nodes}, key=lambda node: node.pubkey)
    indexes = {node: i for i, node in enumerate(nodes)}
    out = b"LDK" + bytes([version]) + CHAIN + struct.pack(">I", world.now_at + shift)
    if version == 2:
        out += bytes([1]) + _with_length(FEATURES)
    out += struct.pack(">I", len(nodes)) + b"".join(_node(node, version) for node in nodes)
    return out + _announcements(fresh, indexes, version) + updates.packed()
