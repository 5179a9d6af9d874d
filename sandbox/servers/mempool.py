"""mempool.space's REST, as much of it as speaks of Lightning, fees and prices, with its oddities."""
import datetime
import re

from sandbox.servers.http import Answer, Server, json_answer
from sandbox.world.market import prices
from sandbox.world.model import DAY
from sandbox.world.routing import MILLION

PAGE = 10
LISTED_MAX = 1000  # with index=-1
PROVIDERS = {"ipv4": 64_500, "ipv6": 64_501}
CITY = {"de": "Sandkasten", "en": "Sandbox City", "fr": "Bac-à-Sable"}
COUNTRY = {"de": "Deutschland", "en": "Germany", "fr": "Allemagne"}
REASONS = {"mutual": 1, "force": 2, "penalty": 3}
INTERVALS = {"24h": 1, "3d": 3, "1w": 7, "1m": 30, "3m": 90, "6m": 180, "1y": 365, "2y": 730, "3y": 1095, "4y": 1460}
FEATURES = [(0, "option_data_loss_protect", True), (7, "gossip_queries", False), (8, "var_onion_optin", True),
            (12, "option_static_remotekey", True), (14, "payment_secret", True), (17, "basic_mpp", False)]


def _iso(seconds):
    return None if seconds is None else \
        datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


class Mempool(Server):
    name = "mempool"
    packs = True

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self._routes = [(re.compile("/api/v1" + pattern + "$"), act) for pattern, act in (
            ("/fees/recommended", self._recommended), ("/fees/precise", self._precise), ("/prices", self._prices),
            ("/historical-price", self._historical_price), ("/lightning/statistics/([^/]+)", self._statistics),
            ("/lightning/nodes/rankings", self._rankings), ("/lightning/nodes/rankings/([^/]+)", self._ranking),
            ("/lightning/nodes/search/([^/]+)", self._search), ("/lightning/nodes/([^/]+)/statistics", self._node_statistics),
            ("/lightning/nodes/([^/]+)/fees/histogram", self._histogram), ("/lightning/nodes/([^/]+)", self._node),
            ("/lightning/channels", self._channels), ("/lightning/channels/([^/]+)", self._channel))]

    def handle(self, request):
        for pattern, act in self._routes:
            found = pattern.match(request.path)
            if found:
                if request.method not in ("GET", "HEAD"):
                    break
                answer = act(request, *found.groups())
                answer.headers += [("Cache-control", "public"), ("Pragma", "public"), ("X-Powered-By", "Express")]
                return answer
        return Answer(404, f"Cannot {request.method} {request.path}", "text/html; charset=utf-8")

    @staticmethod
    def _failed(request, status, message):
        """As the original's handleError: JSON only for who asks for it."""
        accepts = request.headers.get("accept", "*/*")
        if "json" in accepts or "*/*" in accepts:
            return json_answer({"error": message}, status)
        return Answer(status, message, "text/plain; charset=utf-8")

    # the chain

    def _recommended(self, request):
        return json_answer(self.world.market.rounded_fees())

    def _precise(self, request):
        return json_answer(self.world.market.precise_fees())

    def _prices(self, request):
        at, _, usd = self.world.market.series[-1]
        return json_answer({"time": at + request.shift, **prices(usd)})

    def _historical_price(self, request):
        wanted = request.query.get("timestamp", "")
        step = self.world.market.at(int(wanted)) if wanted.isdigit() else self.world.market.series[-1]
        row = [] if step is None else [{"time": step[0], **{name: value for name, value in prices(step[2]).items()
                                                            if name in ("EUR", "USD", request.query.get("currency"))}}]
        rates = prices(MILLION)
        return json_answer({"prices": row, "exchangeRates": {f"USD{name}": rates[name] / MILLION
                                                             for name in ("EUR", "GBP", "CAD", "CHF", "AUD", "JPY")}})

    # the network

    def _statistics(self, request, interval):
        if interval == "latest":
            newest = self.world.rows[-1]
            week_before = newest["at"] - 7 * DAY
            previous = [row for row in self.world.rows if row["at"] == week_before]
            document = {"latest": self._row(newest, request)}
            return json_answer(document | ({"previous": self._row(previous[0], request)} if previous else {}))
        since = self.world.now_at - INTERVALS.get(interval, 10_000) * DAY
        rows = [row for row in reversed(self.world.rows) if row["at"] >= since]
        kept = ("channel_count", "total_capacity", "tor_nodes", "clearnet_nodes", "unannounced_nodes", "clearnet_tor_nodes")
        return json_answer([{"added": row["at"], **{name: row[name] for name in kept}} for row in rows],
                           headers=[("X-total-count", str(len(rows)))])

    @staticmethod
    def _row(row, request):
        rest = {name: value for name, value in row.items() if name not in ("id", "at")}
        return {"id": row["id"], "added": _iso(row["at"] + request.shift), **rest}

    # nodes

    def _known(self, pubkey):
        """The node if it ever had a public channel."""
        node = self.world.by_key.get(pubkey)
        return node if node and any(not one.private and one.ready_at is not None for one in node.channels) else None

    @staticmethod
    def _active(node):
        return [one for one in node.channels if one.is_public]

    def _node(self, request, pubkey):
        node = self._known(pubkey)
        if node is None:
            return self._failed(request, 500, "Failed to get node")
        active = self._active(node)
        opened = [one for one in node.channels if not one.private and one.ready_at is not None]
        updates = [one.policy[one.side_of(node)].updated_at for one in active if one.policy[one.side_of(node)]]
        updated = max([node.announced_at, *updates])
        capacity = str(sum(one.capacity_sat for one in active)) if active else 0  # as SQL's SUM comes out
        document = {"public_key": pubkey, "alias": node.alias, "first_seen": node.first_seen_at,
                    "updated_at": updated + request.shift if updated else None, "color": node.color,
                    "sockets": ",".join(_socket(place) for place in node.addresses)}
        return json_answer(document | self._place(node) | {
            "features": [{"bit": bit, "name": name, "is_required": required, "is_known": True}
                         for bit, name, required in FEATURES] if node.announced_at else None,
            "featuresBits": "2a185" if node.announced_at else None, "active_channel_count": len(active), "capacity": capacity,
            "opened_channel_count": len([one for one in opened if not one.is_closed]),
            "closed_channel_count": len([one for one in opened if one.is_closed]), "custom_records": {}})

    @staticmethod
    def _place(node):
        kinds = [kind for kind, _, _ in node.addresses if kind in PROVIDERS]
        names = ("as_number", "city_id", "country_id", "subdivision_id", "longitude", "latitude", "iso_code",
                 "as_organization", "city", "country", "subdivision")
        values = (PROVIDERS[kinds[0]], 2_886_242, 2_921_044, 2_861_876, 6.9489, 50.9298, "DE", "Sandbox Hosting", CITY, COUNTRY,
                  CITY) if kinds else (None,) * len(names)
        return dict(zip(names, values))

    def _node_statistics(self, request, pubkey):
        rows = self.world.node_rows.get(pubkey, [])
        return json_answer([{"added": at, "capacity": capacity, "channels": count} for at, capacity, count in reversed(rows)])

    def _histogram(self, request, pubkey):
        node = self.world.by_key.get(pubkey)
        sides = {"incoming": {}, "outgoing": {}}
        for one in self._active(node) if node else []:
            side = one.side_of(node)
            for name, policy in (("outgoing", one.policy[side]), ("incoming", one.policy[1 - side])):
                if policy:
                    count, capacity = sides[name].get(policy.ppm, (0, 0))
                    sides[name][policy.ppm] = (count + 1, capacity + one.capacity_sat)
        return json_answer({name: [{"bucket": ppm, "count": count, "capacity": capacity}
                                   for ppm, (count, capacity) in sorted(buckets.items())] for name, buckets in sides.items()})

    def _totals(self):
        """[(node, capacity, channels)] of all that have public channels."""
        found = {}
        for one in self.world.public_channels():
            for node in one.nodes:
                capacity, count = found.get(node, (0, 0))
                found[node] = (capacity + one.capacity_sat, count + 1)
        return [(node, capacity, count) for node, (capacity, count) in found.items()]

    def _rankings(self, request):
        totals = self._totals()
        nowhere = {"city": None, "country": None, "iso_code": None, "subdivision": None}
        return json_answer({
            "topByCapacity": [{"publicKey": node.pubkey, "alias": node.alias, "capacity": capacity}
                              for node, capacity, _ in sorted(totals, key=lambda row: -row[1])[:6]],
            "topByChannels": [{"publicKey": node.pubkey, "alias": node.alias, "channels": count, **nowhere}
                              for node, _, count in sorted(totals, key=lambda row: -row[2])[:6]]})

    def _ranking(self, request, kind):
        orders = {"liquidity": lambda row: -row[1], "connectivity": lambda row: -row[2], "age": lambda row: row[0].first_seen_at}
        if kind not in orders:
            return self._failed(request, 500, "Failed to get node")  # what it takes for a public key
        return json_answer([{"publicKey": node.pubkey, "alias": node.alias, "capacity": capacity, "channels": count,
                             "firstSeen": node.first_seen_at, "updatedAt": node.announced_at, "city": None, "country": None,
                             "iso_code": None, "subdivision": None}
                            for node, capacity, count in sorted(self._totals(), key=orders[kind])[:100]])

    def _search(self, request, text):
        found = [(node, capacity, count) for node, capacity, count in self._totals()
                 if text.lower() in node.alias.lower() or node.pubkey.startswith(text)]
        return json_answer([{"public_key": node.pubkey, "alias": node.alias, "capacity": capacity, "channels": count, "status": 1}
                            for node, capacity, count in sorted(found, key=lambda row: -row[1])[:10]])

    # channels

    def _channels(self, request):
        pubkey, status = request.query.get("public_key"), request.query.get("status")
        if pubkey is None:
            return Answer(400, "Missing parameter: public_key", "text/plain; charset=utf-8")
        try:
            index = int(request.query.get("index", "0"))
        except ValueError:
            index = 0
        if index < -1:
            return self._failed(request, 400, "Invalid index")
        if status not in ("open", "active", "closed"):
            return self._failed(request, 400, "Invalid status")
        node = self.world.by_key.get(pubkey)
        public = [one for one in node.channels if not one.private and one.ready_at is not None] if node else []
        # the count of active ones counts all that are open
        count = len([one for one in public if one.is_closed == (status == "closed")])
        chosen = [one for one in public if self._status(one) in {"open": (0, 1), "active": (1,), "closed": (2,)}[status]]
        if status == "closed":
            chosen.sort(key=lambda one: -one.closing.confirmed_at)
        else:
            chosen.sort(key=lambda one: -one.capacity_sat)
        if index == -1:
            listed = [{"capacity": one.capacity_sat, "short_id": one.short_id, "id": str(one.scid),
                       "node": {"alias": one.peer_of(node).alias, "public_key": one.peer_of(node).pubkey}}
                      for one in chosen[:LISTED_MAX]]
        else:
            listed = [self._listed(one, node, request) for one in chosen[index:index + PAGE]]
        return json_answer(listed, headers=[("X-Total-Count", str(count))])

    @staticmethod
    def _status(one):
        if one.is_closed:
            return 2
        return 0 if one.closing or all(policy is None or policy.disabled for policy in one.policy) else 1

    def _listed(self, one, node, request):
        own, peer = one.policy[one.side_of(node)], one.peer_of(node)
        shared = self._active(peer)
        closing = one.closing if one.is_closed else None
        return {"status": self._status(one), "closing_reason": closing and REASONS[closing.kind],
                "closing_date": closing and closing.confirmed_at + request.shift, "capacity": one.capacity_sat,
                "short_id": one.short_id, "id": str(one.scid), "fee_rate": own.ppm if own else 0,
                "node": {"alias": peer.alias, "public_key": peer.pubkey, "channels": len(shared),
                         "capacity": str(sum(other.capacity_sat for other in shared)) if shared else 0}}

    def _channel(self, request, number):
        for one in self.world.channels:
            if one.ready_at is not None and not one.private and number == str(one.scid):
                return json_answer(self._whole(one, request))
        return Answer(404, "Channel not found", "text/plain; charset=utf-8")

    def _whole(self, one, request):
        closing = one.closing if one.is_closed else None
        updated = max([policy.updated_at for policy in one.policy if policy] + [one.ready_at])
        return {"id": str(one.scid), "short_id": one.short_id, "capacity": one.capacity_sat, "transaction_id": one.txid,
                "transaction_vout": one.vout, "closing_transaction_id": closing and closing.txid,
                "closing_fee": closing and closing.fee_sat, "closing_reason": closing and REASONS[closing.kind],
                "closing_date": closing and _iso(closing.confirmed_at + request.shift),
                "updated_at": _iso(updated + request.shift), "created": _iso(one.confirmed_at + request.shift),
                "status": self._status(one), "funding_ratio": None, "closed_by": None, "single_funded": True,
                "node_left": self._side(one, 0, request), "node_right": self._side(one, 1, request)}

    def _side(self, one, side, request):
        node, policy = one.nodes[side], one.policy[side]
        shared = self._active(node)
        place = self._place(node)
        return {"alias": node.alias, "public_key": node.pubkey, "channels": len(shared),
                "capacity": sum(other.capacity_sat for other in shared), "base_fee_mtokens": policy and policy.base_msat,
                "cltv_delta": policy and policy.cltv, "fee_rate": policy and policy.ppm,
                "is_disabled": policy and int(policy.disabled), "max_htlc_mtokens": policy and policy.max_htlc_msat,
                "min_htlc_mtokens": policy and policy.min_htlc_msat,
                "updated_at": policy and _iso(policy.updated_at + request.shift), "longitude": place["longitude"],
                "latitude": place["latitude"]}


def _socket(place):
    kind, host, port = place
    return f"[{host}]:{port}" if kind == "ipv6" else f"{host}:{port}"
