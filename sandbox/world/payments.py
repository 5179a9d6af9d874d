"""Payments: HTLC by HTLC along a path, each settled or given back as a whole."""
from sandbox.world.model import Forward, Htlc, NS
from sandbox.world.routing import amounts, find_path

TRIES = 3
NO_BALANCE = (4103, "WIRE_TEMPORARY_CHANNEL_FAILURE")
NO_PEER = (16394, "WIRE_UNKNOWN_NEXT_PEER")


class Attempt:
    """What one try has locked so far."""

    def __init__(self, source, target, path, carried):
        self.source, self.target, self.path, self.carried = source, target, path, carried
        self.htlcs = []
        self.forwards = []


class Payments:
    def __init__(self, world):
        self._world = world
        self._hashes = world.chance("payment hashes")
        self.settled = 0
        self.failed = 0
        self.costs_msat = 0  # what payers paid beyond what arrived; equals what forwarders earned

    def pay(self, source, target, amount, then=None, path=None):
        """Pays, trying other paths when one fails.

        @param then (ns, settles): the last hop holds the payment until then
        @return whether it settled, or is held
        """
        avoided = set()
        for _ in range(TRIES):
            chosen = path or find_path(source, target, amount, avoided)
            if not chosen:
                break
            attempt = Attempt(source, target, chosen, amounts(chosen, amount))
            broken = self._lock(attempt)
            if broken is None:
                if then:
                    self._world.at(then[0], self.resolve, attempt, then[1])
                else:
                    self.resolve(attempt, True)
                return True
            avoided.add((broken.channel, broken.side))
            if path:
                break
        self.failed += 1
        return False

    def _lock(self, attempt):
        """@return the hop that could not, all given back; None when all is locked"""
        payment_hash = self._hashes.hash_hex()
        height = self._world.height
        for i, (hop, amount) in enumerate(zip(attempt.path, attempt.carried)):
            channel, side = hop.channel, hop.side
            forward = None
            if i:
                forward = self._begin_forward(hop, attempt.htlcs[-1], amount)
                attempt.forwards.append(forward)
            trouble = NO_PEER if not hop.receiver.online else NO_BALANCE if channel.spendable_msat(side) < amount else None
            if trouble:
                self._give_back(attempt, forward, trouble)
                return hop
            channel.balance[side] -= amount
            htlc = Htlc(channel, side, channel.offered[side], amount, payment_hash,
                        height + 40 * (len(attempt.path) - i), attempt.htlcs[-1] if i else None)
            channel.offered[side] += 1
            channel.offered_msat[side] += amount
            channel.htlcs.append(htlc)
            attempt.htlcs.append(htlc)
            if forward:
                forward.outgoing = attempt.htlcs[-2].onward = htlc
        return None

    def _begin_forward(self, hop, incoming, amount):
        node = hop.sender
        forward = Forward(node, self._world.now_ns, len(node.forwards) + 1, incoming, hop.channel, amount)
        node.forwards.append(forward)
        return forward

    def _give_back(self, attempt, failing=None, trouble=None):
        for htlc in attempt.htlcs:
            htlc.channel.balance[htlc.side] += htlc.amount_msat
            htlc.channel.htlcs.remove(htlc)
        for forward in attempt.forwards:
            forward.status = "local_failed" if forward is failing else "failed"
            if forward is failing:
                forward.failcode, forward.failreason = trouble
            self._end_forward(forward)
            self._world.ledger.forward_failed(forward)

    def _end_forward(self, forward):
        forward.resolved_ns = self._world.now_ns
        if forward.status != "local_failed":
            forward.node.updates += 1
            forward.updated_index = forward.node.updates

    def resolve(self, attempt, settles):
        """Settles what an attempt locked, or gives it back."""
        if not settles:
            self._give_back(attempt)
            self.failed += 1
            return
        for htlc in attempt.htlcs:
            channel = htlc.channel
            channel.htlcs.remove(htlc)
            channel.balance[1 - htlc.side] += htlc.amount_msat
            channel.fulfilled[htlc.side] += 1
            channel.fulfilled_msat[htlc.side] += htlc.amount_msat
            channel.note_balances()
        for forward in attempt.forwards:
            forward.status = "settled"
            self._end_forward(forward)
            forward.node.settled.append(forward)
            self._world.ledger.forward_settled(forward)
        self.settled += 1
        self.costs_msat += attempt.carried[0] - attempt.carried[-1]
        self._world.ledger.payment_settled(attempt.source, attempt.target, attempt.carried[0], attempt.carried[-1],
                                           self._world.now_ns // NS)
