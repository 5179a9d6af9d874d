"""The true ledger: for each node and UTC day what it forwarded, paid and was paid, and its balances at midnight."""
import dataclasses
import datetime

from sandbox.world.model import DAY, NS


def day_name(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%d")


@dataclasses.dataclass
class DayOfNode:
    """Sums over the UTC day in which things were resolved."""

    forwards: int = 0
    in_msat: int = 0
    out_msat: int = 0
    fee_msat: int = 0
    failed_here: int = 0  # it could not forward: balance, or the next peer was away
    failed_beyond: int = 0  # it did forward, and somebody after it could not
    payments_sent: int = 0
    sent_msat: int = 0  # with fees
    fees_paid_msat: int = 0
    payments_received: int = 0
    received_msat: int = 0
    funded_msat: int = 0  # put into channels that were opened
    withdrawn_msat: int = 0  # left its side of channels that were closed
    channels_opened: int = 0
    channels_closed: int = 0
    fundings: int = 0  # transactions that funded its channels, in blocks of that day
    funding_fees_msat: int = 0  # what they cost it
    closings_paid: int = 0  # transactions in blocks of that day that closed its channels at its cost
    closing_fees_msat: int = 0
    balances: dict = None  # at the day's first instant: outpoint -> own msat, of channels that are not closed


class Ledger:
    def __init__(self):
        self._days = {}  # day name -> pubkey -> DayOfNode

    def of(self, node, seconds):
        return self._days.setdefault(day_name(seconds), {}).setdefault(node.pubkey, DayOfNode())

    def forward_settled(self, forward):
        entry = self.of(forward.node, forward.resolved_ns // NS)
        entry.forwards += 1
        entry.in_msat += forward.in_msat
        entry.out_msat += forward.out_msat
        entry.fee_msat += forward.fee_msat

    def forward_failed(self, forward):
        entry = self.of(forward.node, forward.resolved_ns // NS)
        if forward.status == "local_failed":
            entry.failed_here += 1
        else:
            entry.failed_beyond += 1

    def payment_settled(self, source, target, sent_msat, received_msat, seconds):
        sender, receiver = self.of(source, seconds), self.of(target, seconds)
        sender.payments_sent += 1
        sender.sent_msat += sent_msat
        sender.fees_paid_msat += sent_msat - received_msat
        receiver.payments_received += 1
        receiver.received_msat += received_msat

    def funding_confirmed(self, channel, seconds):
        entry = self.of(channel.nodes[channel.opener], seconds)
        entry.fundings += 1
        entry.funding_fees_msat += channel.funding_fee_sat * 1000

    def closing_confirmed(self, channel, seconds):
        entry = self.of(channel.nodes[channel.closing.payer(channel)], seconds)
        entry.closings_paid += 1
        entry.closing_fees_msat += channel.closing.fee_sat * 1000

    def midnight(self, nodes, seconds):
        for node in nodes:
            self.of(node, seconds).balances = {channel.point: channel.balance[channel.side_of(node)]
                                               for channel in node.channels if channel.closing is None}

    def document(self, pubkey=None, day=None):
        """{day: {pubkey: sums}}, of one node or day when asked."""
        return {name: {key: dataclasses.asdict(entry) for key, entry in sorted(nodes.items()) if pubkey in (None, key)}
                for name, nodes in sorted(self._days.items()) if day in (None, name)}

    def total(self, node, what):
        return sum(getattr(nodes[node.pubkey], what) for nodes in self._days.values() if node.pubkey in nodes)


def midnight_after(seconds):
    return (seconds // DAY + 1) * DAY
