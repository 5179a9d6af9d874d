"""A real Lightning network on loopback: btcd on simnet and four lnd nodes, with channels and fees that are known."""
import base64
import json
import pathlib
import secrets
import signal
import socket

from simnet.btcd import Btcd
from simnet.lnd import Lnd
from simnet.program import SimnetError, wait_until

# Carol's alias is awkward on purpose: pipe, markup, quotes, not ASCII.
ALIASES = {"alice": "alice", "bob": "bob", "carol": 'carol|<b>"ü☂', "dave": "dave"}
PEERS = (("alice", "bob"), ("alice", "carol"), ("bob", "carol"), ("bob", "dave"), ("carol", "dave"))
# Name (its first node opens it) and capacity, sat.
CHANNELS = {"alice-bob": 2_000_000, "bob-carol": 3_500_000, "carol-dave": 1_500_000, "alice-carol": 1_200_000}
UNANNOUNCED = {"bob-dave": 700_000}
# Of a channel and one of its nodes: base fee msat, ppm, time lock delta, inbound base fee msat, inbound ppm.
POLICIES = {
    ("alice-bob", "alice"): (1000, 100, 40, 0, 0),
    ("alice-bob", "bob"): (500, 250, 34, -200, -50),
    ("bob-carol", "bob"): (1500, 777, 80, 0, 0),
    ("bob-carol", "carol"): (0, 60, 40, 0, -13),
    ("carol-dave", "carol"): (2000, 321, 60, 0, 0),
    ("carol-dave", "dave"): (10, 5, 18, 0, 0),
    ("alice-carol", "alice"): (100, 40, 44, 0, 0),
    ("alice-carol", "carol"): (250, 90, 50, -7, 0),
}
DISABLED = ("alice-carol", "alice")
FIRST_BLOCKS = 450  # segwit and taproot are active on simnet by then
PORTS_OF_A_NET = 1 + 3 * len(ALIASES)


def claim_ports():
    """Free ports below those that the kernel gives to clients, and a claim that keeps other nets away while it is held:
    a name that only one program can have, and that goes with it."""
    blocks = list(range(20_000, 32_000, PORTS_OF_A_NET))
    secrets.SystemRandom().shuffle(blocks)
    for first in blocks:
        claim = socket.socket(socket.AF_UNIX)
        ports = range(first, first + PORTS_OF_A_NET)
        try:
            claim.bind(f"\0mcp-simnet-{first}")
            for port in ports:
                with socket.socket() as probe:
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    probe.bind(("127.0.0.1", port))
            return list(ports), claim
        except OSError:
            claim.close()
    raise SimnetError("no free ports between 20000 and 32000")


class Network:
    def __init__(self, programs, folder):
        """@param programs the folder of btcd, lnd and lncli @param folder empty; all that is written goes there"""
        folder = pathlib.Path(folder).absolute()
        ports, self._claim = claim_ports()
        self.chain = Btcd(programs, folder / "btcd", ports.pop())
        self.nodes = {name: Lnd(programs, folder / name, [ports.pop() for _ in range(3)], self.chain, alias)
                      for name, alias in ALIASES.items()}
        self.points = {}  # channel -> "txid:index"
        self.ids = {}     # announced channel -> its id

    def up(self):
        try:
            self._start()
            self._fund()
            self._open_channels()
            self._set_policies()
        except BaseException:
            self.down()
            raise
        return self

    def down(self):
        for node in self.nodes.values():  # not one after the other: each takes a second
            if node.program.is_running():
                node.program.signal(signal.SIGTERM)
        for node in self.nodes.values():
            node.program.stop()
        self.chain.program.stop()
        self._claim.close()

    def mine(self, blocks):
        self.chain.call("generate", blocks)
        self._wait_synced()

    def wait_graph(self, with_fees=True):
        """Until each node knows all channels with both ends' policies; with those that were set, or any."""
        for viewer, node in self.nodes.items():
            wait_until(f"{viewer}'s graph", lambda: self._knows_all(node, with_fees), 120, self._programs(), every=0.3)

    def close(self, name, by_force=False):
        """Begins to close a channel from the end that opened it; mine() brings it to its end."""
        txid, _, index = self.points[name].partition(":")
        opener = self.nodes[name.split("-")[0]]
        query = "force=true" if by_force else "sat_per_vbyte=5"
        with opener.open_stream(f"/v1/channels/{txid}/{index}?{query}", None, "DELETE") as answer:
            first = json.loads(answer.readline())  # the stream ends when the closing is confirmed
        if "error" in first:
            raise SimnetError(f"closing {name}: {first['error']['message']}")

    def _programs(self):
        return [self.chain.program, *(node.program for node in self.nodes.values())]

    def _wait_synced(self):
        height = self.chain.call("getblockcount")
        for name, node in self.nodes.items():
            def is_synced():
                info = node.ask("GET", "/v1/getinfo")
                return info["block_height"] == height and info["synced_to_chain"]
            wait_until(f"{name} at height {height}", is_synced, programs=self._programs())

    def _start(self):
        # btcd mines to an address that it must know when it starts, and a node makes one only with btcd running.
        alice = self.nodes["alice"]
        self.chain.start()
        alice.start()
        alice.wait_for("RPC_ACTIVE", "SERVER_ACTIVE")
        address = new_address(alice)
        alice.program.stop()
        self.chain.program.stop()
        self.chain.start(address)
        for _ in range(FIRST_BLOCKS // 50):
            self.chain.call("generate", 50)
        for node in self.nodes.values():
            node.start()
        for node in self.nodes.values():
            node.wait_active()
        self._wait_synced()

    def _fund(self):
        alice, *others = self.nodes.values()
        wait_until("alice's coins", lambda: confirmed_balance(alice) > 10 ** 9, programs=self._programs())
        outputs = {new_address(node): "20000000" for node in others for _ in range(2)}
        alice.ask("POST", "/v1/transactions/many", {"AddrToAmount": outputs, "sat_per_vbyte": "5"})
        self.mine(3)
        for node in others:
            wait_until(f"{node.alias}'s coins", lambda: confirmed_balance(node) == 40_000_000,
                       programs=self._programs())

    def _connect(self, one, other):
        node, peer = self.nodes[one], self.nodes[other]
        try:
            node.ask("POST", "/v1/peers", {"addr": {"pubkey": peer.pubkey, "host": peer.peer_address}, "timeout": "10"})
        except SimnetError as error:
            if "already connected" not in str(error):
                raise
        wait_until(f"{one} and {other} as peers", lambda: peer.pubkey in [
            known["pub_key"] for known in node.ask("GET", "/v1/peers")["peers"]], programs=self._programs())

    def _open_channels(self):
        for one, other in PEERS:
            self._connect(one, other)
        for name, capacity in (CHANNELS | UNANNOUNCED).items():
            self.points[name] = self._open(name, capacity, name in UNANNOUNCED)
        self.mine(6)  # after which they are announced
        for name, point in self.points.items():
            for end in name.split("-"):
                channel = wait_until(f"{name} active at {end}", lambda: active_channel(self.nodes[end], point),
                                     programs=self._programs())
            if name in CHANNELS:
                self.ids[name] = channel["chan_id"]

    def _open(self, name, capacity, unannounced):
        one, other = (self.nodes[end] for end in name.split("-"))
        request = {"node_pubkey": base64.b64encode(bytes.fromhex(other.pubkey)).decode(),
                   "local_funding_amount": str(capacity), "push_sat": str(capacity // 2), "sat_per_vbyte": "5",
                   "private": unannounced}
        # refused for a moment after a block, until both ends have it
        point = wait_until(f"channel {name}", lambda: one.ask("POST", "/v1/channels", request), 30, self._programs(),
                           every=0.5)
        return f"{base64.b64decode(point['funding_txid_bytes'])[::-1].hex()}:{point['output_index']}"

    def _point(self, name):
        txid, _, index = self.points[name].partition(":")
        return {"funding_txid_str": txid, "output_index": int(index)}

    def _set_policies(self):
        self.wait_graph(with_fees=False)  # a channel that is not announced yet takes no policy
        for (name, owner), (base, ppm, delta, inbound_base, inbound_ppm) in POLICIES.items():
            answer = self.nodes[owner].ask("POST", "/v1/chanpolicy", {
                "chan_point": self._point(name), "base_fee_msat": str(base), "fee_rate_ppm": ppm,
                "time_lock_delta": delta,
                "inbound_fee": {"base_fee_msat": inbound_base, "fee_rate_ppm": inbound_ppm}})
            if answer["failed_updates"]:
                raise SimnetError(f"policy of {owner} on {name}: {answer['failed_updates']}")
        name, owner = DISABLED
        self.nodes[owner].ask("POST", "/v2/router/updatechanstatus",
                              {"chan_point": self._point(name), "action": "DISABLE"})
        self.wait_graph()

    def _knows_all(self, node, with_fees):
        graph = node.ask("GET", "/v1/graph")
        edges = {edge["channel_id"]: edge for edge in graph["edges"]}
        aliases = {known["alias"] for known in graph["nodes"]}
        if aliases != set(ALIASES.values()) or set(edges) != set(self.ids.values()):
            raise SimnetError(f"{len(edges)} channels of {', '.join(sorted(aliases))}")
        for (name, owner), fees in POLICIES.items():
            edge = edges[self.ids[name]]
            policy = edge["node1_policy" if edge["node1_pub"] == self.nodes[owner].pubkey else "node2_policy"]
            wanted = (*fees, (name, owner) == DISABLED)
            if policy is None or with_fees and told_of(policy) != wanted:
                raise SimnetError(f"policy of {owner} on {name}: {policy}")
        return node.ask("GET", "/v1/getinfo")["synced_to_graph"]


def told_of(policy):
    return (int(policy["fee_base_msat"]), int(policy["fee_rate_milli_msat"]), policy["time_lock_delta"],
            policy["inbound_fee_base_msat"], policy["inbound_fee_rate_milli_msat"], policy["disabled"])


def new_address(node):
    return node.ask("GET", "/v1/newaddress?type=WITNESS_PUBKEY_HASH")["address"]


def confirmed_balance(node):
    return int(node.ask("GET", "/v1/balance/blockchain")["confirmed_balance"])


def active_channel(node, point):
    channels = node.ask("GET", "/v1/channels?active_only=true")["channels"]
    return next((channel for channel in channels if channel["channel_point"] == point), None)
