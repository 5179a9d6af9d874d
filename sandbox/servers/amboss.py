"""Amboss' GraphQL: getNode by the dozen with aliases, and the network's figures. Amounts are strings there."""
import datetime
import json
import statistics
import uuid

from sandbox.servers import graphql
from sandbox.servers.amboss_schema import SCHEMA
from sandbox.servers.http import Answer, Server, json_answer
from sandbox.servers.mempool import FEATURES, REASONS
from sandbox.world.market import prices
from sandbox.world.model import DAY
from sandbox.world.statistics import public_policies, ranks

BOUNDS = [0, 4, 7, 10, 40, 70, *range(100, 1000, 100), *range(1000, 10_001, 1000)]
CLOSURES = {"mutual": "MUTUAL", "force": "FORCED", "penalty": "PENALTY"}
FIRST_PAGE = {"limit": 10, "offset": 0}
assert set(CLOSURES) == set(REASONS)


def iso(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _number(value):
    return str(round(value, 9)).removesuffix(".0")


class Amboss(Server):
    name = "amboss"
    packs = True

    def handle(self, request):
        if request.path != "/graphql":
            return Answer(404, "Not Found", "text/plain")
        if request.method != "POST":
            return json_answer({"errors": [{"message": "GET query missing.", "extensions": {"code": "BAD_REQUEST"}}]}, 400)
        if "graphql_errors" in request.faults:
            return json_answer({"errors": [{"message": "Too many requests", "extensions": {"code": "TOO_MANY_REQUESTS"}}],
                                "data": None})
        try:
            document = json.loads(request.body)
            if not isinstance(document, dict):
                raise ValueError
        except ValueError:
            return Answer(400, "Unexpected token in JSON", "text/plain")
        try:
            return json_answer(graphql.execute(SCHEMA, _Answers(self.world, request.shift).root(), document),
                               content_type="application/json; charset=utf-8")
        except graphql.Refused as refused:
            return json_answer({"errors": [{"message": str(refused), "extensions": {"code": refused.code}}]}, 400)


class _Answers:
    """The world at one instant, as values for graphql.execute."""

    def __init__(self, world, shift):
        self._world, self._shift = world, shift
        self._channels = world.public_channels()
        self._of = {}
        for one in self._channels:
            for node in one.nodes:
                self._of.setdefault(node, []).append(one)
        self._capacity_ranks = ranks({node.pubkey: sum(one.capacity_sat for one in own) for node, own in self._of.items()})
        self._channel_ranks = ranks({node.pubkey: len(own) for node, own in self._of.items()})
        rows = {pubkey: rows[-1] for pubkey, rows in world.node_rows.items() if rows[-1][0] == world.rows[-1]["at"]}
        self._old_capacity_ranks = ranks({pubkey: row[1] for pubkey, row in rows.items()})
        self._old_channel_ranks = ranks({pubkey: row[2] for pubkey, row in rows.items()})

    def root(self):
        _, fees, usd = self._world.market.series[-1]
        return {"getNode": self._node, "getNodeAlias": self._alias, "getNodeAliasBatch": self._aliases,
                "getNetworkMetrics": self._network, "getRankLists": self._rank_lists, "getMempoolFees": dict(fees),
                "getTickers": [{"currency": name, "price": price} for name, price in prices(usd).items()], "getHello": "Hello"}

    def _alias(self, pubkey):
        node = self._world.by_key.get(pubkey)
        return node.alias if node and node in self._of else None

    def _aliases(self, pubkeys):
        return [{"alias": self._alias(pubkey), "pub_key": pubkey} for pubkey in pubkeys if self._alias(pubkey) is not None]

    # one node

    def _node(self, pubkey):
        node = self._world.by_key.get(pubkey)
        known = node is not None and any(not one.private and one.ready_at is not None for one in node.channels)
        return {"graph_info": self._graph_info(node) if known else self._nothing(),
                "amboss": self._own_facts(node if known else None), "socials": {"lightning_labs": {"terminal_web": None}}}

    @staticmethod
    def _nothing():
        """Of a node that it never saw: nulls, and an error for what names the node."""
        unknown = graphql.Failure("Node not found")
        fields = dict.fromkeys(SCHEMA["GraphInfo"])
        return fields | {"node": unknown, "metrics": unknown, "closed_channels": lambda page=None: None,
                         "channel_closure_types": lambda **_: None}

    def _own_facts(self, node):
        watched = node is not None and node.index % 3 == 1
        return {"is_claimed": watched, "is_favorite": False, "number_favorites": node.index if node else 0,
                "monitoring": {"healthcheck": self._health(node) if watched else None}}

    def _health(self, node):
        now = self._world.now_at

        def percent(days):
            since = max(self._world.begin_at, now - days * DAY)
            return f"{100 * node.seconds_online(since, now) / max(1, now - since):.2f}"
        return {"current_health_status": "ONLINE" if node.online else "OFFLINE", "first_ping_time": iso(self._world.begin_at),
                "last_ping_time": iso((now if node.online else node.online_since_at) + self._shift),
                "percent_uptime": {"day": percent(1), "week": percent(7), "month": percent(30), "total": percent(10_000)}}

    def _graph_info(self, node):
        own = self._of.get(node, [])
        updates = [policy.updated_at for one in own for policy in [one.policy[one.side_of(node)]] if policy]
        return {"last_update": iso(node.announced_at + self._shift) if node.announced_at else None,
                "last_channel_update": iso(max(updates) + self._shift) if updates else None, "node": self._base(node),
                "metrics": self._metrics(node), "channels": self._channel_info(node, own) if own else None,
                "closed_channels": lambda page=None: self._closed(node, page or FIRST_PAGE),
                "channel_closure_types": lambda **_: self._closure_types(node), "fee_buckets": self._buckets(node, own)}

    def _base(self, node):
        if not node.announced_at:
            return None
        return {"addresses": [{"addr": f"[{host}]:{port}" if kind == "ipv6" else f"{host}:{port}", "network": "tcp"}
                              for kind, host, port in node.addresses],
                "alias": node.alias, "color": node.color, "pub_key": node.pubkey,
                "features": [{"feature_id": bit, "is_known": True, "is_required": required, "name": name}
                             for bit, name, required in FEATURES], "last_update": node.announced_at + self._shift}

    def _metrics(self, node):
        own = self._of.get(node)
        if not own:
            return None

        def change(now, before):
            return {"day": before[node.pubkey] - now[node.pubkey] if node.pubkey in before else None}
        return {"capacity": sum(one.capacity_sat for one in own), "channels": len(own),
                "capacity_rank": self._capacity_ranks[node.pubkey], "channels_rank": self._channel_ranks[node.pubkey],
                "capacity_rank_change": change(self._capacity_ranks, self._old_capacity_ranks),
                "channels_rank_change": change(self._channel_ranks, self._old_channel_ranks)}

    def _channel_info(self, node, own):
        return {"num_channels": len(own), "total_capacity": sum(one.capacity_sat for one in own),
                "channel_info": {"capacity": _spread([one.capacity_sat for one in own]),
                                 "age": _spread([self._world.height - one.height for one in own])},
                "fee_info": lambda timeRange="TODAY": {"local": _fees(own, node, True), "remote": _fees(own, node, False)},
                "channel_list": lambda order=None, page=None: self._list(node, own, order, page or FIRST_PAGE)}

    def _list(self, node, own, order, page):
        keys = {"capacity": lambda one: one.capacity_sat, "chan_id": lambda one: one.scid,
                "channel_age": lambda one: -one.height, "last_update": lambda one: self._updated(one)}
        order = order or {"by": "capacity", "direction": "DESC"}
        key = keys.get(order["by"])
        if key is None:
            return graphql.Failure(f"This sandbox does not order by {order['by']}")
        listed = sorted(own, key=key, reverse=order["direction"] == "DESC")
        return self._page([self._channel(one, node) for one in listed], page)

    @staticmethod
    def _page(entries, page):
        limit, offset = int(page["limit"]), int(page["offset"])
        return {"list": entries[offset:offset + limit], "pagination": {"limit": limit, "offset": offset}}

    def _closed(self, node, page):
        done = sorted((one for one in node.channels if one.is_closed and not one.private and one.ready_at is not None),
                      key=lambda one: -one.closing.confirmed_at)
        return self._page([self._channel(one, node) for one in done], page) | {"total_count": len(done)}

    def _closure_types(self, node):
        kinds = [CLOSURES[one.closing.kind] for one in node.channels if one.is_closed and not one.private]
        return [{"amount": kinds.count(kind), "percent": f"{100 * kinds.count(kind) / len(kinds):.2f}", "type": kind}
                for kind in sorted(set(kinds))]

    @staticmethod
    def _updated(one):
        return max([policy.updated_at for policy in one.policy if policy] + [one.ready_at])

    def _channel(self, one, subject):
        """node2_info is the peer's, whichever side the subject has."""
        peer, closing = one.peer_of(subject), one.closing if one.is_closed else None
        policies = [self._policy(policy) for policy in one.policy]
        return {"block_age": self._world.height - one.height, "capacity": one.capacity_sat, "chan_point": one.point,
                "closure_info": closing and {
                    "close_transaction_id": closing.txid, "closed_date": iso(closing.confirmed_at + self._shift),
                    "closed_for_blocks": self._world.height - closing.confirmed_height,
                    "closed_height": closing.confirmed_height, "closure_type": CLOSURES[closing.kind]},
                "last_update": self._updated(one) + self._shift, "last_update_date": iso(self._updated(one) + self._shift),
                "long_channel_id": str(one.scid), "node1_policy": policies[0], "node1_pub": one.nodes[0].pubkey,
                "node2_info": {"node": self._base(peer), "metrics": self._metrics(peer)}, "node2_policy": policies[1],
                "node2_pub": one.nodes[1].pubkey, "opened_by_market_order": False, "short_channel_id": one.short_id}

    def _policy(self, policy):
        return policy and {
            "disabled": policy.disabled, "fee_base_msat": policy.base_msat, "fee_rate_milli_msat": policy.ppm,
            "inbound_fee_base_msat": policy.inbound_base_msat, "inbound_fee_rate_milli_msat": policy.inbound_ppm,
            "last_update": iso(policy.updated_at + self._shift), "max_htlc_msat": policy.max_htlc_msat,
            "min_htlc": policy.min_htlc_msat, "time_lock_delta": policy.cltv}

    @staticmethod
    def _buckets(node, own):
        """Disabled sides, and those that never said anything, are in none."""
        def buckets(mine):
            rates = []
            for one in own:
                policy = one.policy[one.side_of(node) if mine else 1 - one.side_of(node)]
                if policy and not policy.disabled:
                    rates.append((policy.ppm, one.capacity_sat))
            return [_bucket(i, rates) for i in range(len(BOUNDS))]
        return {"local_buckets": buckets(True), "remote_buckets": buckets(False)}

    # the network

    def _network(self):
        policies = public_policies(self._channels)
        now = iso(self._world.now_at)
        identity = str(uuid.uuid5(uuid.NAMESPACE_URL, now))
        return {"id": identity, "historical_snapshots": lambda timeRange="ONE_DAY": {
            "id": identity, "nodes": {"id": identity, "total": len(self._world.nodes), "active": len(self._of)},
            "channels": {"id": identity, "channel_metrics": _history([one.capacity_sat for one in self._channels], identity),
                         "fee_rate_metrics": _history([policy.ppm for policy in policies], identity),
                         "base_fee_metrics": _history([policy.base_msat for policy in policies], identity)}}}

    def _rank_lists(self):
        def listed(now, before):
            return [{"pubkey": pubkey, "rank": rank, "rank_change": {
                "day": before.get(pubkey, rank) - rank, "week": before.get(pubkey, rank) - rank,
                "month": before.get(pubkey, rank) - rank}} for pubkey, rank in list(now.items())[:20]]
        return {"capacity": listed(self._capacity_ranks, self._old_capacity_ranks),
                "channels": listed(self._channel_ranks, self._old_channel_ranks)}


def _bucket(index, rates):
    low = BOUNDS[index]
    high = BOUNDS[index + 1] if index + 1 < len(BOUNDS) else "Infinity"
    inside = [capacity for ppm, capacity in rates if low <= ppm and (high == "Infinity" or ppm < high)]
    return {"amount_channels": len(inside), "bucket_label": f"{low} - {high}", "index": index, "max_limit": high,
            "min_limit": low, "total_capacity": sum(inside)}


def _spread(values):
    return {"count": len(values), "max": max(values), "mean": _number(statistics.fmean(values)),
            "median": _number(statistics.median(values)), "min": min(values), "sum": sum(values)}


def _history(values, identity):
    values = values or [0]
    mean = statistics.fmean(values)
    kept = [value for value in values if value <= 10 * max(1, statistics.median(values))]
    return {name: value if name == "id" else str(value) for name, value in (
        _spread(values) | {"id": identity, "std": _number(statistics.pstdev(values, mean)),
                           "corrected_mean": _number(statistics.fmean(kept))}).items()}


def _fees(own, node, mine):
    sides = [(one.policy[one.side_of(node) if mine else 1 - one.side_of(node)], one.capacity_sat) for one in own]
    rates = [(policy.ppm, capacity) for policy, capacity in sides if policy]
    if not rates:
        return dict.fromkeys(SCHEMA["FeeMetrics"], "0")
    values = [ppm for ppm, _ in rates]
    weighted = sum(ppm * capacity for ppm, capacity in rates) / sum(capacity for _, capacity in rates)
    median = statistics.median(values)
    usual = [(ppm, capacity) for ppm, capacity in rates if ppm <= 10 * max(1, median)]
    corrected = sum(ppm * capacity for ppm, capacity in usual) / sum(capacity for _, capacity in usual)
    return {"max": max(values), "mean": _number(statistics.fmean(values)), "median": _number(median), "min": min(values),
            "sd": _number(statistics.pstdev(values)), "weighted": _number(weighted), "weighted_corrected": _number(corrected)}
