"""What Core Lightning's bookkeeper writes down: fundings, closings, and what they cost.

An event of kind `onchain_fee` is a change of what a transaction cost an account. A funding costs the wallet the whole
that it spends, until change and channel come back, each as a change of its own. A closing costs its channel."""
from sandbox.servers.cln_shapes import channel_id

CURRENCY = "bc"


def _change(account, txid, at, cost_msat):
    """As in account events, where a cost is a credit to the miners."""
    return {"account": account, "type": "onchain_fee", "tag": "onchain_fee", "credit_msat": max(0, cost_msat),
            "debit_msat": max(0, -cost_msat), "currency": CURRENCY, "timestamp": at, "txid": txid}


def _chain(account, tag, credit_msat, debit_msat, at, height, outpoint, txid=None):
    event = {"account": account, "type": "chain", "tag": tag, "credit_msat": credit_msat, "debit_msat": debit_msat,
             "currency": CURRENCY, "outpoint": outpoint, "timestamp": at, "blockheight": height}
    return event | ({"txid": txid} if txid else {})


def _funding(one, side):
    at, account = one.confirmed_at, channel_id(one)
    ours = one.opener == side
    began_with = one.capacity_sat * 1000 - one.pushed_msat if ours else one.pushed_msat
    yield _chain(account, "channel_open", began_with, 0, at, one.height, one.point)
    if ours:
        whole = one.capacity_sat * 1000 + one.funding_fee_sat * 1000
        yield _change("wallet", one.txid, at, whole)
        yield _change(account, one.txid, at, one.funding_fee_sat * 1000)
        yield _change("wallet", one.txid, at, -whole)


def _closing(one, side):
    closing, account = one.closing, channel_id(one)
    yield _chain(account, "channel_close", 0, one.balance[side], closing.confirmed_at, closing.confirmed_height, one.point,
                 closing.txid)
    if closing.payer(one) == side:
        yield _change(account, closing.txid, closing.confirmed_at, closing.fee_sat * 1000)


def account_events(own, shift):
    events = []
    for one in own.channels:
        side = one.side_of(own)
        if one.confirmed_at is not None:
            events += _funding(one, side)
        if one.is_closed:
            events += _closing(one, side)
    return [event | {"timestamp": event["timestamp"] + shift} for event in sorted(events, key=lambda event: event["timestamp"])]


def _consolidated(changes):
    sums = {}
    for change in changes:
        entry = sums.setdefault((change["account"], change["txid"]), dict(change, debit_msat=0, credit_msat=0))
        entry["debit_msat"] += change["debit_msat"] - change["credit_msat"]
        entry["timestamp"] = max(entry["timestamp"], change["timestamp"])
    return [entry for entry in sums.values() if entry["debit_msat"]]


def income(own, shift, consolidate):
    """What came in and went out. Here a cost is a debit: the original swaps them too."""
    changes = [{"account": event["account"], "tag": "onchain_fee", "credit_msat": event["debit_msat"],
                "debit_msat": event["credit_msat"], "currency": CURRENCY, "timestamp": event["timestamp"], "txid": event["txid"]}
               for event in account_events(own, shift) if event["type"] == "onchain_fee"]
    routed = [{"account": channel_id(one.out_channel), "tag": "routed", "credit_msat": one.fee_msat, "debit_msat": 0,
               "currency": CURRENCY, "timestamp": one.resolved_ns // 1_000_000_000 + shift,
               "payment_id": one.incoming.payment_hash} for one in own.settled]
    rows = (_consolidated(changes) if consolidate else changes) + routed
    return sorted(rows, key=lambda row: row["timestamp"])
