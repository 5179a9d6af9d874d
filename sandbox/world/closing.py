"""How channels end: who gets what on chain, and when."""
from sandbox.world.model import Closing


def settlement(channel, kind, closer, rate):
    """What each side gets in sat; the rest goes to the miners.

    @param closer of a penalty: the side that cheated, and loses all
    @param rate sat/vB
    """
    if kind == "penalty":
        settled = [0, 0]
        settled[1 - closer] = channel.capacity_sat - min(20_000, max(400, round(400 * rate)))
        return settled
    settled = [max(0, channel.shown_msat(side)) // 1000 for side in (0, 1)]
    if kind == "mutual":
        fee = min(3_000, max(183, round(183 * rate)))
        opener = channel.opener
        settled[opener] = max(0, channel.capacity_sat - fee - settled[1 - opener])
    return settled


def begin(world, channel, kind, closer):
    """Starts closing a channel that is open and carries no HTLC."""
    assert channel.is_open and not channel.htlcs
    settled = settlement(channel, kind, closer, world.market.precise_fees()["hourFee"])
    channel.closing = Closing(kind, closer, world.now_at, world.transactions.hash_hex(),
                              channel.capacity_sat - sum(settled), settled)
    for side, node in enumerate(channel.nodes):
        world.disable(channel, side)
        entry = world.ledger.of(node, world.now_at)
        entry.withdrawn_msat += channel.balance[side]
        entry.channels_closed += 1


def at_block(world, channel):
    """Confirms a closing, and pays out what has matured."""
    closing = channel.closing
    if closing.confirmed_height is None:
        closing.confirmed_height, closing.confirmed_at = world.height, world.now_at
        world.miners_sat += closing.fee_sat
        world.ledger.closing_confirmed(channel, world.now_at)
    for side, node in enumerate(channel.nodes):
        if closing.done_at[side] is None and world.height >= closing.maturity_height(side):
            closing.done_at[side], closing.done_height[side] = world.now_at, world.height
            node.wallet_sat += closing.settled_sat[side]
