"""The world in the words of lnd 0.18's REST: 64-bit integers as strings, every key there, absent messages null."""
import base64
import struct

from sandbox.world.model import ANCHORS_SAT, CSV_DELAY, DAY, FEE_PER_KW, HTLC_WEIGHT, NS

VERSION = "0.18.2-beta commit="
FEATURES = {"0": ("data-loss-protect", True), "5": ("upfront-shutdown-script", False), "7": ("gossip-queries", False),
            "8": ("tlv-onion", True), "12": ("static-remote-key", True), "14": ("payment-addr", True),
            "17": ("multi-path-payments", False), "23": ("anchors-zero-fee-htlc-tx", False), "25": ("route-blinding", False),
            "27": ("shutdown-any-segwit", False), "31": ("amp", False), "45": ("explicit-commitment-type", False),
            "2023": ("script-enforced-lease", False)}
CHAIN_HASH = "6fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000"
INITIATOR = ("INITIATOR_REMOTE", "INITIATOR_LOCAL")


def features():
    return {bit: {"name": name, "is_required": required, "is_known": True} for bit, (name, required) in FEATURES.items()}


def address(kind, host, port):
    return f"[{host}]:{port}" if kind == "ipv6" else f"{host}:{port}"


def node(one):
    return {"last_update": one.announced_at, "pub_key": one.pubkey, "alias": one.alias,
            "addresses": [{"network": "tcp", "addr": address(*place)} for place in one.addresses],
            "color": one.color if one.announced_at else "#000000", "features": features() if one.announced_at else {},
            "custom_records": {}}


def policy(one, speaks_inbound):
    if one is None:
        return None
    record = struct.pack(">ii", one.inbound_base_msat, one.inbound_ppm)
    return {"time_lock_delta": one.cltv, "min_htlc": str(one.min_htlc_msat), "fee_base_msat": str(one.base_msat),
            "fee_rate_milli_msat": str(one.ppm), "disabled": one.disabled, "max_htlc_msat": str(one.max_htlc_msat),
            "last_update": one.updated_at,
            "custom_records": {"55555": base64.b64encode(record).decode()} if speaks_inbound else {},
            "inbound_fee_base_msat": one.inbound_base_msat, "inbound_fee_rate_milli_msat": one.inbound_ppm}


def edge(channel):
    policies = [policy(one, owner.software == "lnd") for one, owner in zip(channel.policy, channel.nodes)]
    return {"channel_id": str(channel.scid), "chan_point": channel.point,
            "last_update": max((one.updated_at for one in channel.policy if one), default=0),
            "node1_pub": channel.nodes[0].pubkey, "node2_pub": channel.nodes[1].pubkey,
            "capacity": str(channel.capacity_sat), "node1_policy": policies[0], "node2_policy": policies[1],
            "custom_records": {}}


def _unsettled_sat(channel):
    return sum(htlc.amount_msat // 1000 for htlc in channel.htlcs)


def _commit_fee_sat(channel, local, remote):
    """With the fractions of a sat that the balances lost."""
    return channel.capacity_sat - ANCHORS_SAT - local - remote - _unsettled_sat(channel)


def _constraints(channel):
    return {"csv_delay": CSV_DELAY, "chan_reserve_sat": str(channel.reserve_sat), "dust_limit_sat": "354",
            "max_pending_amt_msat": str(channel.capacity_sat * 990), "min_htlc_msat": "1", "max_accepted_htlcs": 483}


def _htlc(htlc, side):
    # of a forward, lnd shows either half the other one; who pays or is paid shows none
    other = htlc.origin if htlc.side == side else htlc.onward
    return {"incoming": htlc.side != side, "amount": str(htlc.amount_msat // 1000),
            "hash_lock": base64.b64encode(bytes.fromhex(htlc.payment_hash)).decode(), "expiration_height": htlc.expiry,
            "htlc_index": str(htlc.number), "forwarding_channel": str(other.channel.scid) if other else "0",
            "forwarding_htlc_index": str(other.number) if other else "0"}


def channel(one, own, world, active):
    """@param active what lnd believes: it may just have started"""
    side = one.side_of(own)
    peer = one.nodes[1 - side]
    local, remote = one.shown_msat(side) // 1000, one.shown_msat(1 - side) // 1000
    watched_since = max(one.ready_at, world.begin_at)  # lnd forgets at a restart: its last one was then
    constraints = _constraints(one)
    return {"active": active, "remote_pubkey": peer.pubkey, "channel_point": one.point, "chan_id": str(one.scid),
            "capacity": str(one.capacity_sat), "local_balance": str(local), "remote_balance": str(remote),
            "commit_fee": str(_commit_fee_sat(one, local, remote)), "commit_weight": str(1116 + HTLC_WEIGHT * len(one.htlcs)),
            "fee_per_kw": str(FEE_PER_KW), "unsettled_balance": str(_unsettled_sat(one)),
            "total_satoshis_sent": str(one.fulfilled_msat[side] // 1000),
            "total_satoshis_received": str(one.fulfilled_msat[1 - side] // 1000),
            "num_updates": str(2 * sum(one.offered)), "pending_htlcs": [_htlc(htlc, side) for htlc in one.htlcs],
            "csv_delay": CSV_DELAY, "private": one.private, "initiator": one.opener == side,
            "chan_status_flags": "ChanStatusDefault", "local_chan_reserve_sat": str(one.reserve_sat),
            "remote_chan_reserve_sat": str(one.reserve_sat), "static_remote_key": False, "commitment_type": "ANCHORS",
            "lifetime": str(world.now_at - watched_since), "uptime": str(peer.seconds_online(watched_since, world.now_at)),
            "close_address": "", "push_amount_sat": str(one.pushed_msat // 1000), "thaw_height": 0,
            "local_constraints": constraints, "remote_constraints": constraints, "alias_scids": [], "zero_conf": False,
            "zero_conf_confirmed_scid": "0", "peer_alias": peer.alias, "peer_scid_alias": "0", "memo": ""}


def _pending(one, own):
    side = one.side_of(own)
    return {"remote_node_pub": one.nodes[1 - side].pubkey, "channel_point": one.point, "capacity": str(one.capacity_sat),
            "local_balance": str(one.shown_msat(side) // 1000), "remote_balance": str(one.shown_msat(1 - side) // 1000),
            "local_chan_reserve_sat": str(one.reserve_sat), "remote_chan_reserve_sat": str(one.reserve_sat),
            "initiator": INITIATOR[one.opener == side], "commitment_type": "ANCHORS", "num_forwarding_packages": "0",
            "chan_status_flags": "", "private": one.private, "memo": ""}


def _opening(one, own):
    side = one.side_of(own)
    local, remote = one.shown_msat(side) // 1000, one.shown_msat(1 - side) // 1000
    return {"channel": _pending(one, own), "commit_fee": str(_commit_fee_sat(one, local, remote)), "commit_weight": "1116",
            "fee_per_kw": str(FEE_PER_KW), "funding_expiry_blocks": 2016}


def _waiting(one, own):
    side = one.side_of(own)
    return {"channel": _pending(one, own), "limbo_balance": str(one.closing.settled_sat[side]),
            "commitments": {"local_txid": one.closing.txid, "remote_txid": one.closing.txid, "remote_pending_txid": "",
                            "local_commit_fee_sat": "2810", "remote_commit_fee_sat": "2810",
                            "remote_pending_commit_fee_sat": "0"},
            "closing_txid": one.closing.txid, "closing_tx_hex": ""}


def _forcing(one, own, world):
    side = one.side_of(own)
    closing = one.closing
    # lnd counts the anchor's 330 sat in, until the channel is settled
    return {"channel": _pending(one, own), "closing_txid": closing.txid, "limbo_balance": str(closing.settled_sat[side] + 330),
            "maturity_height": closing.maturity_height(side),
            "blocks_til_maturity": closing.maturity_height(side) - world.height, "recovered_balance": "0",
            "pending_htlcs": [], "anchor": "LIMBO"}


def pending_channels(own, world):
    side = {one: one.side_of(own) for one in own.channels}
    waiting = [one for one in own.channels if one.closing and one.closing.confirmed_height is None]
    forcing = [one for one in own.channels if one.is_closed and one.closing.done_at[side[one]] is None]
    forced = [_forcing(one, own, world) for one in forcing]
    shut = [_waiting(one, own) for one in waiting]
    return {"total_limbo_balance": str(sum(int(entry["limbo_balance"]) for entry in forced + shut)),
            "pending_open_channels": [_opening(one, own) for one in own.channels if one.ready_at is None],
            "pending_closing_channels": [], "pending_force_closing_channels": forced, "waiting_close_channels": shut}


def _close_type(closing, side):
    if closing.kind == "mutual":
        return "COOPERATIVE_CLOSE"
    if closing.kind == "penalty":
        return "BREACH_CLOSE" if side != closing.closer else "LOCAL_FORCE_CLOSE"
    return "LOCAL_FORCE_CLOSE" if side == closing.closer else "REMOTE_FORCE_CLOSE"


def closed_channels(own):
    """In order of outpoint, as lnd's database has them."""
    done = [one for one in own.channels if one.closing and one.closing.done_at[one.side_of(own)] is not None]
    return [_closed(one, one.side_of(own)) for one in sorted(done, key=lambda one: one.point)]


def _closed(one, side):
    closing = one.closing
    settled = closing.settled_sat[side]
    swept = [] if closing.kind == "mutual" or not settled else [{
        "resolution_type": "COMMIT", "outcome": "CLAIMED",
        "outpoint": {"txid_bytes": base64.b64encode(bytes.fromhex(closing.txid)[::-1]).decode(), "txid_str": closing.txid,
                     "output_index": 2 + side},
        "amount_sat": str(settled), "sweep_txid": closing.txid[::-1]}]
    return {"channel_point": one.point, "chan_id": str(one.scid), "chain_hash": CHAIN_HASH, "closing_tx_hash": closing.txid,
            "remote_pubkey": one.nodes[1 - side].pubkey, "capacity": str(one.capacity_sat),
            "close_height": closing.confirmed_height, "settled_balance": str(settled),
            "time_locked_balance": str(settled if closing.kind == "force" and side == closing.closer else 0),
            "close_type": _close_type(closing, side), "open_initiator": INITIATOR[one.opener == side],
            "close_initiator": INITIATOR[closing.closer == side], "resolutions": swept, "alias_scids": [],
            "zero_conf_confirmed_scid": "0"}


def forwarding_event(one, shift, with_aliases):
    stamp = one.resolved_ns + shift * NS
    peers = [one.incoming.channel.peer_of(one.node), one.out_channel.peer_of(one.node)] if with_aliases else []
    aliases = [peer.alias for peer in peers] or ["", ""]
    return {"timestamp": str(stamp // NS), "chan_id_in": str(one.incoming.channel.scid),
            "chan_id_out": str(one.out_channel.scid), "amt_in": str(one.in_msat // 1000), "amt_out": str(one.out_msat // 1000),
            "fee": str(one.fee_msat // 1000), "fee_msat": str(one.fee_msat), "amt_in_msat": str(one.in_msat),
            "amt_out_msat": str(one.out_msat), "timestamp_ns": str(stamp), "peer_alias_in": aliases[0],
            "peer_alias_out": aliases[1]}


def fee_report(own, world):
    def entry(one):
        policy = one.policy[one.side_of(own)]
        return {"chan_id": str(one.scid), "channel_point": one.point, "base_fee_msat": str(policy.base_msat),
                "fee_per_mil": str(policy.ppm), "fee_rate": policy.ppm / 1e6, "inbound_base_fee_msat": policy.inbound_base_msat,
                "inbound_fee_per_mil": policy.inbound_ppm}

    def earned(days):
        since = world.now_ns - days * DAY * NS
        return str(sum(one.fee_msat for one in own.settled if one.resolved_ns >= since) // 1000)
    return {"channel_fees": [entry(one) for one in own.channels if one.is_open], "day_fee_sum": earned(1),
            "week_fee_sum": earned(7), "month_fee_sum": earned(30)}


def _amount(msat):
    return {"sat": str(msat // 1000), "msat": str(msat)}


def channel_balance(own):
    sums = dict.fromkeys(("local", "remote", "unsettled_local", "unsettled_remote", "opening_local", "opening_remote"), 0)
    for one in own.channels:
        side = one.side_of(own)
        if one.closing:
            continue
        prefix = "" if one.ready_at is not None else "opening_"
        sums[prefix + "local"] += one.shown_msat(side)
        sums[prefix + "remote"] += one.shown_msat(1 - side)
        for htlc in one.htlcs:
            sums["unsettled_local" if htlc.side != side else "unsettled_remote"] += htlc.amount_msat
    return {"balance": str(sums["local"] // 1000), "pending_open_balance": str(sums["opening_local"] // 1000),
            "local_balance": _amount(sums["local"]), "remote_balance": _amount(sums["remote"]),
            "unsettled_local_balance": _amount(sums["unsettled_local"]),
            "unsettled_remote_balance": _amount(sums["unsettled_remote"]),
            "pending_open_local_balance": _amount(sums["opening_local"]),
            "pending_open_remote_balance": _amount(sums["opening_remote"])}


def wallet_balance(own):
    sat = str(own.wallet_sat)
    reserved = min(100_000, 10_000 * sum(one.is_open for one in own.channels))
    return {"total_balance": sat, "confirmed_balance": sat, "unconfirmed_balance": "0", "locked_balance": "0",
            "reserved_balance_anchor_chan": str(reserved),
            "account_balance": {"default": {"confirmed_balance": sat, "unconfirmed_balance": "0"}}}


def transactions(own, world):
    """The wallet's, by block, those that wait for one last: fundings, and what came back from closings. As in the
    original, the fee of a closing is in none of them: it is paid out of the channel."""
    found = []
    for one in own.channels:
        if one.opener == one.side_of(own):
            spent = one.capacity_sat + one.funding_fee_sat
            found.append(_transaction(one.txid, -spent, one.funding_fee_sat, one.height, one.confirmed_at or one.opened_at, world))
        side, closing = one.side_of(own), one.closing
        if closing and closing.done_at[side] is not None and closing.settled_sat[side]:
            swept = closing.kind != "mutual"
            found.append(_transaction(closing.txid[::-1] if swept else closing.txid, closing.settled_sat[side], 0,
                                      closing.done_height[side], closing.done_at[side], world))
    return sorted(found, key=lambda one: (one["block_height"] or 2**31, one["tx_hash"]))


def _transaction(txid, amount_sat, fee_sat, height, at, world):
    return {"tx_hash": txid, "amount": str(amount_sat), "num_confirmations": world.height - height + 1 if height else 0,
            "block_hash": "", "block_height": height or 0, "time_stamp": str(at), "total_fees": str(fee_sat),
            "dest_addresses": [], "output_details": [], "raw_tx_hex": "", "label": "", "previous_outpoints": []}


def peers(own, world, shift):
    """Those that are connected; a node's peers here are those it has channels with."""
    found = {}
    for one in own.channels:
        peer = one.peer_of(own)
        if peer.online and not one.is_closed:
            found.setdefault(peer, []).append(one)
    return [_peer(peer, shared, own, world, shift) for peer, shared in found.items()]


def _peer(peer, shared, own, world, shift):
    place = peer.addresses[0] if peer.addresses else ("ipv4", "198.51.100.7", 40_000 + peer.index)
    sent = sum(one.fulfilled_msat[one.side_of(own)] for one in shared) // 1000
    received = sum(one.fulfilled_msat[1 - one.side_of(own)] for one in shared) // 1000
    return {"pub_key": peer.pubkey, "address": address(*place), "bytes_sent": str(40_000 + 700 * len(own.forwards)),
            "bytes_recv": str(50_000 + 700 * len(own.forwards)), "sat_sent": str(sent), "sat_recv": str(received),
            "inbound": peer.index % 2 == 0, "ping_time": str(20_000 + 1000 * peer.index), "sync_type": "ACTIVE_SYNC",
            "features": features(), "errors": [], "flap_count": len(peer.outages) + 1,
            "last_flap_ns": str((peer.online_since_at + shift) * NS), "last_ping_payload": ""}


def info(own, world, active, pending, synced_to_chain, synced_to_graph):
    open_ones = [one for one in own.channels if one.is_open]
    connected = {one.peer_of(own) for one in own.channels if one.peer_of(own).online and not one.is_closed}
    return {"version": VERSION, "commit_hash": "", "identity_pubkey": own.pubkey, "alias": own.alias, "color": own.color,
            "num_pending_channels": pending, "num_active_channels": active, "num_inactive_channels": len(open_ones) - active,
            "num_peers": len(connected), "block_height": world.height, "block_hash": world.block_hash(),
            "best_header_timestamp": str(world.tip_at), "synced_to_chain": synced_to_chain, "synced_to_graph": synced_to_graph,
            "testnet": False, "chains": [{"chain": "bitcoin", "network": "mainnet"}],
            "uris": [f"{own.pubkey}@{address(*place)}" for place in own.addresses], "features": features(),
            "require_htlc_interceptor": False, "store_final_htlc_resolutions": False}


def network_info(channels, nodes):
    capacities = sorted(one.capacity_sat for one in channels)
    degrees = {}
    for one in channels:
        for end in one.nodes:
            degrees[end] = degrees.get(end, 0) + 1
    return {"graph_diameter": 0, "avg_out_degree": len(channels) / max(1, len(nodes)),
            "max_out_degree": max(degrees.values(), default=0), "num_nodes": len(nodes), "num_channels": len(channels),
            "total_network_capacity": str(sum(capacities)), "avg_channel_size": sum(capacities) / max(1, len(capacities)),
            "min_channel_size": str(capacities[0] if capacities else 0),
            "max_channel_size": str(capacities[-1] if capacities else 0),
            "median_channel_size_sat": str(capacities[len(capacities) // 2] if capacities else 0), "num_zombie_chans": "0"}
