"""The world in the words of Core Lightning v24 and newer: msat as plain integers, absent things left out."""
import datetime
import hashlib

from sandbox.world.model import ANCHORS_SAT, CSV_DELAY, FEE_PER_KW, NS

VERSION = "v25.09"
NODE_FEATURES = "808898882a8a59a1"
CHANNEL_TYPE = {"bits": [12, 22], "names": ["static_remotekey/even", "anchors/even"]}
FOREVER = 2**64 - 1
FORGOTTEN_BLOCKS = 100  # after which an ended channel moves to the closed ones


def _addresses(node):
    return [{"type": kind, "address": host, "port": port} for kind, host, port in node.addresses]


def _iso(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def channel_id(one):
    return hashlib.sha256(one.point.encode()).hexdigest()


def _alias(one, side):
    """The secret short id by which a side is known to the other: nobody else can tell it."""
    digest = hashlib.sha256(f"{one.point}/{side}".encode()).digest()
    return f"{int.from_bytes(digest[:3], 'big')}x{int.from_bytes(digest[3:6], 'big')}x{int.from_bytes(digest[6:8], 'big')}"


def _whose(flag):
    return "local" if flag else "remote"


def info(own, world, half_synced):
    open_ones = [one for one in own.channels if one.is_open]
    active = sum(one.peer_of(own).online for one in open_ones)
    if half_synced:
        active //= 2
    document = {"id": own.pubkey, "alias": own.alias, "color": own.color[1:],
                "num_peers": len({one.peer_of(own) for one in own.channels if not one.is_closed}),
                "num_pending_channels": sum(one.ready_at is None for one in own.channels), "num_active_channels": active,
                "num_inactive_channels": len(open_ones) - active, "address": _addresses(own),
                "binding": [{"type": "ipv4", "address": "127.0.0.1", "port": 9735}], "version": VERSION,
                "blockheight": world.height, "network": "bitcoin",
                "fees_collected_msat": sum(one.fee_msat for one in own.settled), "lightning-dir": "/home/cln/.lightning/bitcoin",
                "our_features": {"init": "800898882a8a59a1", "node": NODE_FEATURES, "channel": "",
                                 "invoice": "02000002024100"}}
    if half_synced:
        document["warning_lightningd_sync"] = "Still loading latest blocks from bitcoind."
    return document


def node(one):
    if not one.announced_at:
        return {"nodeid": one.pubkey}
    return {"nodeid": one.pubkey, "alias": one.alias, "color": one.color[1:], "last_timestamp": one.announced_at,
            "features": NODE_FEATURES, "addresses": _addresses(one)}


def directions(one):
    """A row for each side that ever said what it asks for."""
    for side, policy in enumerate(one.policy):
        if policy:
            yield {"source": one.nodes[side].pubkey, "destination": one.nodes[1 - side].pubkey, "short_channel_id": one.short_id,
                   "direction": side, "public": True, "amount_msat": one.capacity_sat * 1000, "message_flags": 1,
                   "channel_flags": side | (2 if policy.disabled else 0), "active": not policy.disabled,
                   "last_update": policy.updated_at, "base_fee_millisatoshi": policy.base_msat,
                   "fee_per_millionth": policy.ppm, "delay": policy.cltv, "htlc_minimum_msat": policy.min_htlc_msat,
                   "htlc_maximum_msat": policy.max_htlc_msat, "features": ""}


def _state(one, own, world):
    """None once it is forgotten."""
    closing = one.closing
    if closing is None:
        return "CHANNELD_NORMAL" if one.ready_at is not None else "CHANNELD_AWAITING_LOCKIN"
    if closing.confirmed_height is None:
        return "CLOSINGD_COMPLETE" if closing.kind == "mutual" else "AWAITING_UNILATERAL"
    done = closing.done_height[one.side_of(own)]
    return "ONCHAIN" if done is None or world.height < done + FORGOTTEN_BLOCKS else None


def _update(policy):
    return {"htlc_minimum_msat": policy.min_htlc_msat, "htlc_maximum_msat": policy.max_htlc_msat,
            "cltv_expiry_delta": policy.cltv, "fee_base_msat": policy.base_msat, "fee_proportional_millionths": policy.ppm}


def peer_channel(one, own, world):
    """The entry, or None when Core Lightning no longer lists it there."""
    state = _state(one, own, world)
    if state is None:
        return None
    side = one.side_of(own)
    peer = one.nodes[1 - side]
    policy = one.policy[side]
    entry = {"peer_id": peer.pubkey, "peer_connected": peer.online}
    if state == "CHANNELD_NORMAL":
        entry |= {"reestablished": peer.online, "last_stable_connection": max(peer.online_since_at, one.ready_at),
                  "owner": "channeld"}
    updates = {name: _update(said) for name, said in (("local", policy), ("remote", one.policy[1 - side])) if said}
    entry |= {"channel_type": CHANNEL_TYPE, "updates": updates, "state": state, "scratch_txid": one.txid[::-1],
              "last_tx_fee_msat": one.opener_pays_msat() - 1000 * ANCHORS_SAT, "lost_state": False,
              "feerate": {"perkw": FEE_PER_KW, "perkb": 4 * FEE_PER_KW}}
    if one.height is not None:
        entry["short_channel_id"] = one.short_id
    entry |= {"direction": side, "channel_id": channel_id(one), "funding_txid": one.txid, "funding_outnum": one.vout,
              "close_to_addr": "bc1qsandboxsandboxsandboxsandboxsandbox", "close_to": "0014" + one.txid[:40],
              "private": one.private, "opener": _whose(one.opener == side),
              "alias": {"local": _alias(one, side), "remote": _alias(one, 1 - side)},
              "features": ["option_static_remotekey", "option_anchors"]}
    if one.closing:
        entry["closer"] = _whose(one.closing.closer == side)
    past = _past(one, side, state, world.height)
    return entry | _funding(one, side) | _balances(one, side, policy) | _limits(one) | past | _traffic(one, side)


def _funding(one, side):
    whole = one.capacity_sat * 1000
    ours = whole if one.opener == side else 0
    return {"funding": {"local_funds_msat": ours, "remote_funds_msat": whole - ours, "pushed_msat": one.pushed_msat,
                        "withheld": False}}


def to_us_msat(one, side):
    """What a side offers stays its own until the other has settled it."""
    return one.balance[side] + sum(htlc.amount_msat for htlc in one.htlcs if htlc.side == side)


def _balances(one, side, policy):
    said = {} if policy is None else {"fee_base_msat": policy.base_msat, "fee_proportional_millionths": policy.ppm,
                                      "minimum_htlc_out_msat": policy.min_htlc_msat,
                                      "maximum_htlc_out_msat": policy.max_htlc_msat}
    reserve = 1000 * one.reserve_sat
    return {"to_us_msat": to_us_msat(one, side), "min_to_us_msat": one.lowest[side], "max_to_us_msat": one.highest[side],
            "total_msat": one.capacity_sat * 1000, "dust_limit_msat": 546_000,
            "their_max_htlc_value_in_flight_msat": FOREVER, "our_max_htlc_value_in_flight_msat": FOREVER,
            "their_reserve_msat": reserve, "our_reserve_msat": reserve, "spendable_msat": one.spendable_msat(side),
            "receivable_msat": one.spendable_msat(1 - side), "minimum_htlc_in_msat": 0} | said


def _limits(one):
    return {"their_to_self_delay": CSV_DELAY, "our_to_self_delay": CSV_DELAY, "max_accepted_htlcs": 483}


def _words(one, side, state, height):
    if state == "CHANNELD_NORMAL":
        return ["Channel ready for use."]
    if state == "CHANNELD_AWAITING_LOCKIN":
        return ["Funding needs more confirmations to be ready."]
    closing = one.closing
    if closing.confirmed_height is None:
        agreed = f"We agreed on a closing fee of {closing.fee_sat} satoshi for tx:{closing.txid}"
        return [agreed if closing.kind == "mutual" else "Attempting to unilateral close"]
    ours = closing.closer == side
    seen = {"mutual": "Tracking mutual close transaction",
            "force": "Tracking our own unilateral close" if ours else "Tracking their unilateral close",
            "penalty": "Tracking our own unilateral close" if ours else "Tracking their illegal close: taking all funds"}
    done = closing.done_height[side]
    if done is None:
        return [seen[closing.kind], f"1 outputs unresolved: in {closing.maturity_height(side) - height} blocks will spend "
                f"DELAYED_OUTPUT_TO_US ({closing.txid}:0) using OUR_DELAYED_RETURN_TO_WALLET"]
    left = done + FORGOTTEN_BLOCKS - height
    return [seen[closing.kind], f"All outputs resolved: waiting {left} more blocks before forgetting channel"]


def _past(one, side, state, height):
    changes = []
    if one.ready_at is not None:
        changes.append((one.ready_at, "CHANNELD_AWAITING_LOCKIN", "CHANNELD_NORMAL",
                        "user" if one.opener == side else "remote", "Lockin complete"))
    if one.closing:
        cause = "user" if one.closing.closer == side else "remote"
        first = "CLOSINGD_COMPLETE" if one.closing.kind == "mutual" else "AWAITING_UNILATERAL"
        changes.append((one.closing.started_at, "CHANNELD_NORMAL", first, cause, "Closing"))
        if one.closing.confirmed_at is not None:
            changes.append((one.closing.confirmed_at, first, "ONCHAIN", "onchain", "Onchain init reply"))
    return {"state_changes": [{"timestamp": _iso(at), "old_state": old, "new_state": new, "cause": cause, "message": message}
                              for at, old, new, cause, message in changes],
            "status": [f"{state}:{text}" for text in _words(one, side, state, height)]}


def _traffic(one, side):
    # what a closing broke off is not listed
    return {"in_payments_offered": one.offered[1 - side], "in_offered_msat": one.offered_msat[1 - side],
            "in_payments_fulfilled": one.fulfilled[1 - side], "in_fulfilled_msat": one.fulfilled_msat[1 - side],
            "out_payments_offered": one.offered[side], "out_offered_msat": one.offered_msat[side],
            "out_payments_fulfilled": one.fulfilled[side], "out_fulfilled_msat": one.fulfilled_msat[side],
            "htlcs": [{"direction": "out" if htlc.side == side else "in", "id": htlc.number, "amount_msat": htlc.amount_msat,
                       "expiry": htlc.expiry, "payment_hash": htlc.payment_hash,
                       "state": "SENT_ADD_ACK_REVOCATION" if htlc.side == side else "RCVD_ADD_ACK_REVOCATION"}
                      for htlc in one.htlcs]}


def closed_channel(one, own, world):
    """The entry of a channel that was forgotten, else None."""
    if one.closing is None or _state(one, own, world) is not None:
        return None
    side, closing = one.side_of(own), one.closing
    return {"peer_id": one.nodes[1 - side].pubkey, "channel_id": channel_id(one), "short_channel_id": one.short_id,
            "alias": {"local": _alias(one, side), "remote": _alias(one, 1 - side)}, "opener": _whose(one.opener == side),
            "closer": _whose(closing.closer == side), "private": one.private, "channel_type": CHANNEL_TYPE,
            "total_local_commitments": 2 * sum(one.offered), "total_remote_commitments": 2 * sum(one.offered),
            "total_htlcs_sent": one.offered[side], "funding_txid": one.txid, "funding_outnum": one.vout, "leased": False,
            "funding_withheld": False, "total_msat": one.capacity_sat * 1000, "final_to_us_msat": one.balance[side],
            "min_to_us_msat": one.lowest[side], "max_to_us_msat": one.highest[side], "last_commitment_txid": closing.txid,
            "last_commitment_fee_msat": one.opener_pays_msat() - 1000 * ANCHORS_SAT,
            "close_cause": "user" if closing.closer == side else "remote" if closing.kind == "mutual" else "onchain",
            "last_stable_connection": closing.started_at}


def forward(one, shift):
    """Times are cut to ms: a float holds no more of them."""
    entry = {"created_index": one.created_index}
    if one.updated_index is not None:
        entry["updated_index"] = one.updated_index
    entry |= {"in_channel": one.incoming.channel.short_id, "in_htlc_id": one.incoming.number,
              "out_channel": one.out_channel.short_id}
    if one.outgoing is not None:
        entry["out_htlc_id"] = one.outgoing.number
    entry["in_msat"] = one.in_msat
    if one.status != "local_failed":
        entry |= {"out_msat": one.out_msat, "fee_msat": one.fee_msat}
    entry["status"] = one.status
    if one.failcode is not None:
        entry |= {"failcode": one.failcode, "failreason": one.failreason}
    entry |= {"style": "tlv", "received_time": _seconds(one.created_ns, shift)}
    if one.status in ("settled", "failed"):
        entry["resolved_time"] = _seconds(one.resolved_ns, shift)
    return entry


def _seconds(ns, shift):
    return (ns + shift * NS) // 1_000_000 / 1000


def peers(own):
    """Those that it has channels with, there or not."""
    found = {}
    for one in own.channels:
        if not one.is_closed:
            found.setdefault(one.peer_of(own), []).append(one)
    return [{"id": peer.pubkey, "connected": peer.online, "num_channels": len(shared),
             "netaddr": [f"127.0.0.1:{30_000 + peer.index}"], "features": NODE_FEATURES} for peer, shared in found.items()]


def funds(own, world):
    outputs = [{"txid": hashlib.sha256(f"{own.pubkey}/wallet".encode()).hexdigest(), "output": 0,
                "amount_msat": own.wallet_sat * 1000, "scriptpubkey": "0014" + own.pubkey[2:42],
                "address": "bc1qsandboxsandboxsandboxsandboxsandbox", "status": "confirmed", "blockheight": world.height - 144,
                "reserved": False}] if own.wallet_sat else []
    channels = []
    for one in own.channels:
        state = _state(one, own, world)
        if state is not None:
            entry = {"peer_id": one.peer_of(own).pubkey, "connected": one.peer_of(own).online, "state": state,
                     "channel_id": channel_id(one)}
            if one.height is not None:
                entry["short_channel_id"] = one.short_id
            channels.append(entry | {"our_amount_msat": to_us_msat(one, one.side_of(own)), "amount_msat": one.capacity_sat * 1000,
                                     "funding_txid": one.txid, "funding_output": one.vout})
    return {"outputs": outputs, "channels": channels}
