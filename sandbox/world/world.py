"""The world itself: its clock, what is due when, and everything that is in it."""
import hashlib
import heapq
import itertools

from sandbox.world import closing, genesis, statistics
from sandbox.world.chance import Chance
from sandbox.world.ledger import Ledger, midnight_after
from sandbox.world.life import Life
from sandbox.world.market import Market
from sandbox.world.model import BLOCK_SECONDS, CONFIRMATIONS, DAY, NS
from sandbox.world.payments import Payments

NODES_LEAST = 20
PAYMENTS_A_DAY = 8
AROUND_MIDNIGHT = (-700_000_000, -1, 0, 250_000_000)  # ns: readers that round the day's bounds lose some of these


class World:
    """Born `days` UTC days before the day of live_at, at midnight, and lived up to live_at. The same seed, size and
    birth give the same life; another birthday moves it in time.

    @param payments_a_day and node; what a great world costs
    """

    def __init__(self, seed, nodes, days, live_at, payments_a_day=PAYMENTS_A_DAY):
        if nodes < NODES_LEAST or days < 1 or payments_a_day < 0:
            raise ValueError(f"a world has {NODES_LEAST} nodes and a day at least, and no fewer than no payments")
        self.seed = seed
        self.live_at = int(live_at)
        self.begin_at = self.live_at // DAY * DAY - days * DAY
        self.now_ns = self.begin_at * NS
        self._due = []
        self._order = itertools.count()
        self.taken_indexes = set()
        self.miners_sat = 0
        self.ledger = Ledger()
        self.transactions = self.chance("transactions")
        self.market = Market(self.chance("market"))
        self.rows = []  # of the network, one a midnight, oldest first
        self.node_rows = {}  # pubkey -> [(at, capacity in sat, channels)], oldest first
        self.nodes = genesis.make_nodes(self, nodes)
        self.by_key = {node.pubkey: node for node in self.nodes}
        self.operators = (self.nodes[genesis.LND], self.nodes[genesis.CLN])
        self.lnd, self.cln = self.operators
        self.channels = []
        genesis.make_channels(self)
        # all the money there is; a law of the tests
        self.born_sat = sum(node.wallet_sat for node in self.nodes) + sum(one.capacity_sat for one in self.channels)
        self.height = genesis.height_at(self.begin_at)
        self.tip_at = self.begin_at
        self.market.step(self.begin_at)
        self.payments = Payments(self)
        self.life = Life(self, payments_a_day)
        self._midnight()
        self.at(self.now_ns + BLOCK_SECONDS * NS, self._block)
        self.at((self.live_at - 25 * 60) * NS, self._unfinished_business)
        self.advance_to(self.live_at * NS)

    def chance(self, name):
        return Chance(self.seed, name)

    @property
    def now_at(self):
        return self.now_ns // NS

    def at(self, ns, act, *arguments):
        heapq.heappush(self._due, (max(ns, self.now_ns), next(self._order), act, arguments))

    def advance_to(self, ns):
        """Lives up to that instant, which may be the present one."""
        while self._due and self._due[0][0] <= ns:
            self.now_ns, _, act, arguments = heapq.heappop(self._due)
            act(*arguments)
        self.now_ns = max(self.now_ns, ns)

    def public_channels(self):
        return sorted((channel for channel in self.channels if channel.is_public), key=lambda channel: channel.scid)

    def block_hash(self):
        return "00000000" + hashlib.sha256(f"{self.seed}/{self.height}".encode()).hexdigest()[8:]

    def disable(self, channel, side):
        self.life.set_disabled(channel, side, True)

    def _block(self):
        self.height += 1
        self.tip_at = self.now_at
        self.market.step(self.now_at)
        for channel in self.channels:
            if channel.height is None:
                channel.height, channel.confirmed_at = self.height, self.now_at
                self.ledger.funding_confirmed(channel, self.now_at)
            elif channel.ready_at is None and self.height - channel.height + 1 >= CONFIRMATIONS:
                self.life.make_ready(channel)
            if channel.closing and None in channel.closing.done_at:
                closing.at_block(self, channel)
        self.at(self.now_ns + BLOCK_SECONDS * NS, self._block)

    def _midnight(self):
        self.ledger.midnight(self.nodes, self.now_at)
        self.rows.append(statistics.network_row(self, 1000 + len(self.rows)))
        for pubkey, (capacity, count) in statistics.of_nodes(self).items():
            self.node_rows.setdefault(pubkey, []).append((self.now_at, capacity, count))
        following = midnight_after(self.now_at) * NS
        self.at(following, self._midnight)
        for i, offset in enumerate(AROUND_MIDNIGHT):
            for j, node in enumerate(self.operators):
                self.at(following + offset, self.life.through, node, 1_234_567 + 1000 * i + j)

    def _unfinished_business(self):
        """For each operator a channel that still waits for blocks, and a payment under way, when the world goes live."""
        chance = self.chance("unfinished business")
        for operator in self.operators:
            self.life.open_channel(chance, self.nodes[0], operator, capacity=1_500_000)
            self.life.through(operator, 25_000_111, hold_seconds=6 * 3600)
