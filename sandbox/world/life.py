"""What happens by itself: payments, price changes, refreshed gossip, outages, openings, closings."""
import dataclasses

from sandbox.world import closing
from sandbox.world.genesis import draw_capacity, make_channel, own_policy
from sandbox.world.model import DAY, NS
from sandbox.world.routing import Hop

HELD_SHARE = 0.02  # of the payments: the receiver takes his time
SILENCE = 20 * 60  # s until peers say that a node is gone
OPERATORS_COURSE = (("close", "mutual", True), ("open", False), ("close", "force", False), ("open", True),
                    ("close", "force", True), ("open", False), ("close", "penalty", False), ("open", True))


class Life:
    """@param payments_a_day and node"""

    def __init__(self, world, payments_a_day):
        self._world = world
        self._streams = {}
        self._course = [0, 3]  # where in OPERATORS_COURSE each operator is
        count = len(world.nodes)
        for name, act, a_day in (("payments", self._payment, payments_a_day * count), ("prices", self._price, 0.8 * count),
                                 ("outages", self._outage, 0.15 * count), ("openings", self._opening, count / 40),
                                 ("closings", self._closing, count / 60)):
            self._streams[name] = world.chance(name)
            self._next(name, act, a_day)
        self._refreshes = world.chance("refreshes")
        for channel in world.channels:
            self.refresh_daily(channel)
        for node in world.nodes:
            world.at(world.now_ns + self._refreshes.randrange(DAY * NS), self._announce, node)
        for operator in (0, 1):
            world.at(world.now_ns + (1 + operator) * self._course_step() // 2, self._operators_turn, operator)

    def _course_step(self):
        """An eighth of four fifths of the world's past: then its operators have seen everything once."""
        return max(DAY // 10, (self._world.live_at - self._world.begin_at) // 10) * NS

    def _next(self, name, act, a_day):
        if not a_day:
            return
        gap = self._streams[name].expovariate(a_day / (DAY * NS))
        self._world.at(self._world.now_ns + max(1, round(gap)), self._happen, name, act, a_day)

    def _happen(self, name, act, a_day):
        act(self._streams[name])
        self._next(name, act, a_day)

    # payments

    def _payment(self, chance):
        online = [node for node in self._world.nodes if node.online]
        source, target = chance.sample(online, 2)
        amount = min(5_000_000_000, max(1_000, round(chance.near(40_000_000, 1.8))))
        held, hours, settles = chance.random() < HELD_SHARE, chance.uniform(0.2, 6), chance.random() < 0.6
        then = (self._world.now_ns + round(hours * 3600 * NS), settles) if held else None
        self._world.payments.pay(source, target, amount, then)

    def through(self, node, amount, hold_seconds=None):
        """A payment that is bound to be forwarded by `node`, where any of its channels can.

        @param hold_seconds until it settles; else it does at once
        """
        then = (self._world.now_ns + hold_seconds * NS, True) if hold_seconds else None
        usable = [channel for channel in node.channels if channel.is_open and not channel.private and channel.peer_of(node).online
                  and None not in channel.policy and not any(policy.disabled for policy in channel.policy)]
        for first in usable:
            for second in usable:
                side_in, side_out = 1 - first.side_of(node), second.side_of(node)
                if (first.peer_of(node) is not second.peer_of(node) and first.spendable_msat(side_in) > 2 * amount
                        and second.spendable_msat(side_out) > 2 * amount):
                    path = [Hop(first, side_in), Hop(second, side_out)]
                    return self._world.payments.pay(first.peer_of(node), second.peer_of(node), amount, then, path)
        return False

    # gossip

    def _set(self, channel, side, **changes):
        changes["updated_at"] = max(self._world.now_at, channel.policy[side].updated_at + 1)  # as gossip demands
        channel.set_policy(side, dataclasses.replace(channel.policy[side], **changes))

    def set_disabled(self, channel, side, disabled):
        if channel.policy[side] and channel.policy[side].disabled != disabled:
            self._set(channel, side, disabled=disabled)

    def _price(self, chance):
        node = chance.choice(self._world.nodes)
        channels = [channel for channel in node.channels if channel.is_open and channel.policy[channel.side_of(node)]]
        if not channels or not node.online:
            return
        for channel in channels if chance.random() < 0.2 else [chance.choice(channels)]:
            side = channel.side_of(node)
            policy = channel.policy[side]
            discount = -round(policy.ppm * chance.random() * 0.5) if policy.inbound_ppm else 0
            self._set(channel, side, ppm=max(0, round(chance.near(max(1, policy.ppm), 0.3))), inbound_ppm=discount)

    def refresh_daily(self, channel):
        for side in (0, 1):
            self._world.at(self._world.now_ns + self._refreshes.randrange(1, DAY) * NS, self._refresh, channel, side)

    def _refresh(self, channel, side):
        if channel.closing:
            return
        if channel.is_open and channel.nodes[side].online and channel.policy[side]:
            self._set(channel, side)
        self._world.at(self._world.now_ns + DAY * NS, self._refresh, channel, side)

    def _announce(self, node):
        if node.announced_at and node.online:
            node.announced_at = self._world.now_at
        self._world.at(self._world.now_ns + DAY * NS, self._announce, node)

    # outages

    def _outage(self, chance):
        node = chance.choice(self._world.nodes)
        seconds = max(60, round(chance.expovariate(1 / 7200)))
        if not node.online or node in self._world.operators:
            return
        node.online = False
        node.outages.append((self._world.now_at, None))
        self._world.at(self._world.now_ns + SILENCE * NS, self._silent, node, self._world.now_at)
        self._world.at(self._world.now_ns + seconds * NS, self._return, node)
        node.online_since_at = self._world.now_at

    def _silent(self, node, since):
        if node.online or node.online_since_at != since:
            return
        for channel in node.channels:
            peer = channel.peer_of(node)
            if channel.is_open and peer.online:
                self.set_disabled(channel, channel.side_of(peer), True)

    def _return(self, node):
        node.online = True
        node.online_since_at = self._world.now_at
        node.outages[-1] = (node.outages[-1][0], self._world.now_at)
        for channel in node.channels:
            if channel.is_open and channel.peer_of(node).online:
                for side in (0, 1):
                    self.set_disabled(channel, side, False)

    # channels come and go

    def open_channel(self, chance, funder, peer, private=False, capacity=None):
        """@return the channel, in no block yet; None when the funder cannot pay for it"""
        world = self._world
        capacity = capacity or draw_capacity(chance)
        fee = max(154, round(154 * world.market.precise_fees()["hourFee"]))
        if funder.wallet_sat < capacity + fee + 100_000:
            return None
        funder.wallet_sat -= capacity + fee
        world.miners_sat += fee
        pushed = chance.choice((0, 0, capacity * 1000 // 4))
        channel = make_channel(chance, funder, peer, capacity, world.now_at, private, world.taken_indexes, pushed)
        channel.funding_fee_sat = fee
        world.channels.append(channel)
        for side, node in enumerate(channel.nodes):
            entry = world.ledger.of(node, world.now_at)
            entry.funded_msat += channel.balance[side]
            entry.channels_opened += 1
        return channel

    def make_ready(self, channel):
        """After enough blocks: each side says what it asks for."""
        chance = self._refreshes
        channel.ready_at = self._world.now_at
        for side, node in enumerate(channel.nodes):
            channel.set_policy(side, own_policy(chance, node, channel.capacity_sat, self._world.now_at))
        self.refresh_daily(channel)

    def _opening(self, chance):
        nodes = [node for node in self._world.nodes if node.online]
        funder = chance.choice(nodes)
        peer = chance.choices(nodes, [len(node.channels) for node in nodes])[0]
        if peer is not funder:
            self.open_channel(chance, funder, peer)

    def _closing(self, chance):
        node = chance.choice(self._world.nodes)
        kind = chance.choices(("mutual", "force", "penalty"), (15, 4, 1))[0]
        closer_is_node = chance.random() < 0.5
        if node not in self._world.operators:
            self.close_one(chance, node, kind, closer_is_node, spare=3)

    def close_one(self, chance, node, kind, node_closes, spare=1):
        """Closes one of a node's public channels, unless it has no more than `spare`. @return the channel or None"""
        open_ones = [channel for channel in node.channels if channel.is_open and not channel.private]
        candidates = [channel for channel in open_ones if not channel.htlcs
                      and (spare < 3 or channel.peer_of(node) not in self._world.operators)
                      and (kind != "mutual" or channel.peer_of(node).online)]
        if len(open_ones) <= spare or not candidates:
            return None
        channel = chance.choice(candidates)
        side = channel.side_of(node)
        closing.begin(self._world, channel, kind, side if node_closes else 1 - side)
        return channel

    def _operators_turn(self, operator):
        world = self._world
        node, chance = world.operators[operator], self._streams["openings"]
        step = OPERATORS_COURSE[self._course[operator] % len(OPERATORS_COURSE)]
        self._course[operator] += 1
        if step[0] == "close":
            self.close_one(chance, node, step[1], step[2], spare=4)
        else:
            others = [other for other in world.nodes if other is not node and other.online]
            other = chance.choice(others)
            self.open_channel(chance, *((node, other) if step[1] else (other, node)), capacity=2_000_000)
        gap = DAY * NS if self._course[operator] > len(OPERATORS_COURSE) + 3 else self._course_step()
        world.at(world.now_ns + gap, self._operators_turn, operator)
