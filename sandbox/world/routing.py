"""Fees of a hop, and the cheapest path by fees. Who pays knows the public graph, and the balances of its own channels."""
import heapq

MILLION = 1_000_000
HOPS_MAX = 8


def outbound_fee(policy, amount):
    return policy.base_msat + amount * policy.ppm // MILLION


def inbound_fee(policy, amount):
    """What is asked, or when negative given, for what arrives; rounded towards zero as lnd 0.18 does."""
    part = abs(policy.inbound_ppm) * amount // MILLION
    return policy.inbound_base_msat + (part if policy.inbound_ppm >= 0 else -part)


def forward_fee(policy_in, policy_out, out_msat):
    """What a node keeps of a payment that leaves it as out_msat. Both policies are its own."""
    outbound = outbound_fee(policy_out, out_msat)
    inbound = inbound_fee(policy_in, out_msat + outbound) if policy_in else 0
    return max(0, outbound + inbound)


class Hop:
    """A channel, and the side that sends over it."""

    __slots__ = ("channel", "side")

    def __init__(self, channel, side):
        self.channel = channel
        self.side = side

    @property
    def sender(self):
        return self.channel.nodes[self.side]

    @property
    def receiver(self):
        return self.channel.nodes[1 - self.side]

    @property
    def policy(self):
        return self.channel.policy[self.side]


def amounts(path, amount):
    """What each hop of a path carries so that `amount` arrives."""
    carried = [amount]
    for i in range(len(path) - 1, 0, -1):
        arriving = path[i - 1].channel.policy[1 - path[i - 1].side]
        carried.append(carried[-1] + forward_fee(arriving, path[i].policy, carried[-1]))
    return carried[::-1]


def _may_carry(channel, side, amount, source, avoided):
    policy = channel.policy[side]
    if not channel.is_open or policy is None or policy.disabled or (channel, side) in avoided:
        return False
    if channel.nodes[side] is source:  # which knows its own balances and peers
        return channel.spendable_msat(side) >= amount and channel.nodes[1 - side].online
    return not channel.private and policy.min_htlc_msat <= amount <= policy.max_htlc_msat


def find_path(source, target, amount, avoided=frozenset()):
    """Hops from source to target, or None. Found backwards, as each hop's fee depends on what the next one carries.

    @param avoided pairs of channel and sending side that failed before
    """
    best = {target: (amount, 0)}  # node -> what must leave it towards the target, hops
    last_hop = {target: None}
    done = set()
    heap = [(amount, 0, target.index, target)]
    while heap:
        _, hops, _, node = heapq.heappop(heap)
        if node in done:
            continue
        done.add(node)
        if node is source:
            path = []
            while node is not target:
                path.append(last_hop[node])
                node = path[-1].receiver
            return path
        if hops == HOPS_MAX:
            continue
        out_msat = best[node][0]
        for channel in node.channels:
            side = 1 - channel.side_of(node)
            peer = channel.nodes[side]
            if peer in done or not channel.is_open:
                continue
            carried = out_msat
            if node is not target:
                carried += forward_fee(channel.policy[1 - side], last_hop[node].policy, out_msat)
            if peer in best and (carried, hops + 1) >= best[peer] or not _may_carry(channel, side, carried, source, avoided):
                continue
            best[peer] = (carried, hops + 1)
            last_hop[peer] = Hop(channel, side)
            asks = 0 if peer is source else outbound_fee(channel.policy[side], carried)
            heapq.heappush(heap, (carried + asks, hops + 1, peer.index, peer))
    return None
