"""What the world is made of. Money is in whole msat unless a name says sat; times are UTC, `_at` in s, `_ns` in ns."""
import dataclasses

NS = 1_000_000_000
DAY = 86_400
BLOCK_SECONDS = 600
CONFIRMATIONS = 6  # until a channel carries payments and is announced
ANCHORS_SAT = 660
FEE_PER_KW = 2500
COMMIT_WEIGHT = 1124  # as the fee is counted; lnd shows 1116
HTLC_WEIGHT = 172
CSV_DELAY = 144


@dataclasses.dataclass(eq=False)
class Node:
    index: int
    pubkey: str
    alias: str
    color: str  # "#rrggbb"
    addresses: list  # of ("ipv4" | "ipv6" | "torv3", host, port)
    software: str  # lnd, cln or eclair
    first_seen_at: int
    announced_at: int  # of its newest announcement; 0: none was ever seen, nor its alias
    wallet_sat: int
    fee_ppm: int  # what it likes to ask
    online: bool = True
    online_since_at: int = 0  # while it is away: away since
    outages: list = dataclasses.field(default_factory=list)  # of (from, to), oldest first; the last may have no end yet
    channels: list = dataclasses.field(default_factory=list)  # all it ever had, in order of opening
    forwards: list = dataclasses.field(default_factory=list)  # in order of beginning
    settled: list = dataclasses.field(default_factory=list)  # the forwards that settled, in order of settling
    updates: int = 0  # of forwards, as Core Lightning counts them

    def seconds_online(self, since, until):
        away = sum(max(0, min(end or until, until) - max(begin, since)) for begin, end in self.outages)
        return max(0, until - since) - away


@dataclasses.dataclass(frozen=True)
class Policy:
    """What one side of a channel asks for carrying a payment out over it."""

    base_msat: int
    ppm: int
    inbound_base_msat: int
    inbound_ppm: int
    cltv: int
    min_htlc_msat: int
    max_htlc_msat: int
    disabled: bool
    updated_at: int


@dataclasses.dataclass(eq=False)
class Htlc:
    channel: object
    side: int  # who offered it
    number: int  # counted for each side of a channel
    amount_msat: int
    payment_hash: str
    expiry: int  # height
    origin: object = None  # the Htlc that this one forwards
    onward: object = None  # the Htlc that forwards this one


@dataclasses.dataclass(eq=False)
class Forward:
    node: Node
    created_ns: int
    created_index: int
    incoming: Htlc
    out_channel: object
    out_msat: int
    outgoing: Htlc = None
    status: str = "offered"  # offered, settled, failed (further down), local_failed
    resolved_ns: int = None
    updated_index: int = None
    failcode: int = None
    failreason: str = None

    @property
    def in_msat(self):
        return self.incoming.amount_msat

    @property
    def fee_msat(self):
        return self.in_msat - self.out_msat


@dataclasses.dataclass(eq=False)
class Closing:
    kind: str  # mutual, force, penalty
    closer: int  # side; of a penalty: who cheated
    started_at: int
    txid: str
    fee_sat: int
    settled_sat: list  # what each side gets on chain
    confirmed_height: int = None
    confirmed_at: int = None
    done_at: list = dataclasses.field(default_factory=lambda: [None, None])  # when each side had its money
    done_height: list = dataclasses.field(default_factory=lambda: [None, None])

    def payer(self, channel):
        """The side that the closing cost its fee: the opener; of a penalty, who takes all."""
        return 1 - self.closer if self.kind == "penalty" else channel.opener

    def maturity_height(self, side):
        """When that side may spend, or nothing before the closing confirmed."""
        if self.confirmed_height is None:
            return None
        waits = self.kind == "force" and side == self.closer
        return self.confirmed_height + (CSV_DELAY if waits else 1 if self.kind != "mutual" else 0)


@dataclasses.dataclass(eq=False)
class Channel:
    """Sides 0 and 1 stand in order of public keys, as gossip has them. balance[0] + balance[1] + HTLCs = capacity."""

    nodes: tuple
    capacity_sat: int
    balance: list
    opener: int
    txid: str
    vout: int
    tx_index: int
    private: bool
    opened_at: int
    pushed_msat: int
    height: int = None  # of the funding's confirmation
    confirmed_at: int = None
    ready_at: int = None  # it carries payments, and is announced unless private
    policy: list = dataclasses.field(default_factory=lambda: [None, None])
    history: list = dataclasses.field(default_factory=lambda: [[], []])  # earlier and present policies
    htlcs: list = dataclasses.field(default_factory=list)
    offered: list = dataclasses.field(default_factory=lambda: [0, 0])
    offered_msat: list = dataclasses.field(default_factory=lambda: [0, 0])
    fulfilled: list = dataclasses.field(default_factory=lambda: [0, 0])
    fulfilled_msat: list = dataclasses.field(default_factory=lambda: [0, 0])
    lowest: list = None
    highest: list = None
    closing: Closing = None
    funding_fee_sat: int = 500  # that the opener paid; of those before the world's beginning all the same

    def __post_init__(self):
        self.lowest = self.lowest or list(self.balance)
        self.highest = self.highest or list(self.balance)

    @property
    def scid(self):
        return self.height << 40 | self.tx_index << 16 | self.vout

    @property
    def short_id(self):
        return f"{self.height}x{self.tx_index}x{self.vout}"

    @property
    def point(self):
        return f"{self.txid}:{self.vout}"

    @property
    def reserve_sat(self):
        return self.capacity_sat // 100

    @property
    def is_open(self):
        """It carries payments, peers online or not."""
        return self.ready_at is not None and self.closing is None

    @property
    def is_public(self):
        """In the public graph: announced, and its closing not yet seen in a block."""
        return self.ready_at is not None and not self.private and (self.closing is None or self.closing.confirmed_at is None)

    @property
    def is_closed(self):
        return self.closing is not None and self.closing.confirmed_at is not None

    def side_of(self, node):
        return 0 if self.nodes[0] is node else 1

    def peer_of(self, node):
        return self.nodes[1 - self.side_of(node)]

    def fee_weight(self):
        return COMMIT_WEIGHT + HTLC_WEIGHT * len(self.htlcs)

    def opener_pays_msat(self):
        """What lies in the commitment's fee and anchors: the opener's, but not to be spent."""
        return FEE_PER_KW * self.fee_weight() + 1000 * ANCHORS_SAT

    def shown_msat(self, side):
        """A side's balance as lnd has it, without fee and anchors."""
        return self.balance[side] - (self.opener_pays_msat() if side == self.opener else 0)

    def spendable_msat(self, side):
        spared = self.opener_pays_msat() + FEE_PER_KW * HTLC_WEIGHT if side == self.opener else 0
        return max(0, self.balance[side] - spared - 1000 * self.reserve_sat)

    def set_policy(self, side, policy):
        self.policy[side] = policy
        self.history[side].append(policy)

    def note_balances(self):
        for side in (0, 1):
            self.lowest[side] = min(self.lowest[side], self.balance[side])
            self.highest[side] = max(self.highest[side], self.balance[side])
