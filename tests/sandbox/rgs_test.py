"""Rapid Gossip Sync: a small reader, held against the original's own vectors, then reads the sandbox."""
import json
import struct
import unittest

import at_hand
from sandbox.servers.rgs import CHAIN, FIELDS, snapshot
from sandbox.world.model import DAY, NS

VECTORS = at_hand.SHARED / "graph/rgs"
NAMES = [name for _, name, _ in FIELDS]


class Reader:
    def __init__(self, data):
        self._data, self.at = data, 0

    def take(self, count):
        piece = self._data[self.at:self.at + count]
        assert len(piece) == count, "ends too early"
        self.at += count
        return piece

    def number(self, form):
        return struct.unpack(form, self.take(struct.calcsize(form)))[0]

    def big_size(self):
        first = self.number(">B")
        return first if first < 0xFD else self.number({0xFD: ">H", 0xFE: ">I", 0xFF: ">Q"}[first])

    def sized(self, form=">H"):
        return self.take(self.number(form))

    def rest(self):
        return len(self._data) - self.at


def read_node(reader, version):
    first = reader.number(">B")
    if version == 1:
        return {"pk": f"{first:02x}" + reader.take(32).hex(), "addr": []}
    node = {"pk": f"{2 | first & 1:02x}" + reader.take(32).hex(), "addr": []}
    if first & 4:
        node["addr"] = [reader.sized(">B").hex() for _ in range(reader.number(">B"))]
    if first >> 3 & 7 == 7:
        reader.sized()
    if first & 128:
        reader.sized()
    return node


def read(data):
    """{version, timestamp, nodes, defaults, announcements: {scid: (key, key, funding)}, rest: bytes left over,
    updates: [(scid, side, disabled, incremental, fields)]}"""
    reader = Reader(data)
    assert reader.take(3) == b"LDK"
    version = reader.number(">B")
    assert version in (1, 2) and reader.take(32) == CHAIN
    found = {"version": version, "timestamp": reader.number(">I"), "announcements": {}, "updates": []}
    if version == 2:
        for _ in range(reader.number(">B")):
            reader.sized()
    found["nodes"] = [read_node(reader, version) for _ in range(reader.number(">I"))]
    scid = 0
    for _ in range(reader.number(">I")):
        reader.sized()
        scid += reader.big_size()
        first, second = reader.big_size(), reader.big_size()
        funding = None
        if version == 2 and first >> 63:
            first -= 1 << 63
            funding = Reader(reader.sized()).big_size()
        found["announcements"][scid] = (found["nodes"][first]["pk"], found["nodes"][second]["pk"], funding)
    count = reader.number(">I")
    found["defaults"] = [reader.number(form) for _, _, form in FIELDS] if count else []
    scid = 0
    for _ in range(count):
        scid += reader.big_size()
        flags = reader.number(">B")
        fields = {name: reader.number(form) for flag, name, form in FIELDS if flags & flag}
        found["updates"].append((scid, flags & 1, bool(flags & 2), bool(flags & 128), fields))
    found["rest"] = reader.rest()
    return found


def apply(graph, found):
    """Takes a snapshot into {(scid, side): policy fields}, as a client does."""
    for scid, side, disabled, incremental, fields in found["updates"]:
        base = graph[scid, side] if incremental else dict(zip(NAMES, found["defaults"]))
        graph[scid, side] = {**base, **fields, "disabled": disabled}


def policies(world):
    return {(channel.scid, side): {**{name: getattr(policy, name) for name in NAMES}, "disabled": policy.disabled}
            for channel in world.public_channels() for side, policy in enumerate(channel.policy) if policy}


@unittest.skipUnless(VECTORS.exists(), at_hand.WITHOUT_RECORDINGS)
class TheReaderReadsTheOriginalsVectors(unittest.TestCase):
    def test_each(self):
        read_ones = 0
        for file in sorted(VECTORS.glob("*.lngossip")):
            wanted = json.loads(file.with_name(file.stem + ".decoded.json").read_text())
            if "04_v2" in file.name:
                continue  # extra updates, which the sandbox never writes
            found = read(file.read_bytes())
            self.assertEqual((wanted["version"], wanted["timestamp"], 0), (found["version"], found["timestamp"], found["rest"]))
            self.assertEqual([node["pk"] if isinstance(node, dict) else node for node in wanted["nodes"]],
                             [node["pk"] for node in found["nodes"]])
            self.assertEqual([(one["n1"], one["n2"]) for one in wanted["announcements"]],
                             [one[:2] for one in found["announcements"].values()])
            self.assertEqual([(one["dir"], one["disable"], one["incremental"]) for one in wanted["updates"]],
                             [one[1:4] for one in found["updates"]])
            read_ones += 1
        self.assertGreater(read_ones, 5)


class SnapshotsAreTheGraph(unittest.TestCase):
    def test_whole_ones(self):
        world = at_hand.world()
        public = world.public_channels()
        for version in (1, 2):
            found = read(snapshot(world, version, 0))
            self.assertEqual(0, found["rest"])
            self.assertEqual({channel.scid: (channel.nodes[0].pubkey, channel.nodes[1].pubkey,
                                             channel.capacity_sat if version == 2 else None) for channel in public},
                             found["announcements"])
            graph = {}
            apply(graph, found)
            self.assertEqual(policies(world), graph)
            addresses = sum(len(node["addr"]) for node in found["nodes"])
            self.assertEqual(sum(len(node.addresses) for node in world.nodes) if version == 2 else 0, addresses)

    def test_one_on_top_of_an_older_one(self):
        world = at_hand.World(9, 24, 2, at_hand.LIVE_AT)
        graph = {}
        first = read(snapshot(world, 1, 0))
        apply(graph, first)
        for _ in range(2):
            since = first["timestamp"]
            world.advance_to(world.now_ns + DAY * NS // 2)
            data = snapshot(world, 1, since)
            self.assertLess(len(data), len(snapshot(world, 1, 0)))
            first = read(data)
            apply(graph, first)
            self.assertTrue(any(incremental for *_, incremental, _ in first["updates"]))
            now = policies(world)
            self.assertEqual(now, {key: policy for key, policy in graph.items() if key in now})
            self.assertLessEqual(set(now), set(graph))

    def test_what_the_server_gives(self):
        client = at_hand.Client(at_hand.sandbox().servers["rgs"].address)
        self.addCleanup(client.close)
        for target, version in (("/snapshot/0", 1), ("/snapshot/v2/0", 2), ("/v2/snapshot/0", 2)):
            status, headers, body = client.ask(target)
            self.assertEqual((200, version, len(body)), (status, body[3], int(headers["Content-Length"])))
        self.assertEqual(404, client.ask("/snapshot/yesterday")[0])
