"""Who may ask what, and in which words he is refused."""
import json
import unittest

import at_hand
from sandbox.servers import runes


class LndRefusesInItsOwnWords(unittest.TestCase):
    def asked(self, target, macaroon="monitor", text=None, body=None, method=None):
        client = at_hand.lnd(macaroon=None if text else macaroon)
        self.addCleanup(client.close)
        status, _, answer = client.ask(target, body, method, {"Grpc-Metadata-macaroon": text} if text else None)
        return status, json.loads(answer)

    def assert_refused(self, message, *arguments, status=500, code=2, **options):
        found, answer = self.asked(*arguments, **options)
        self.assertEqual((status, {"code": code, "message": message, "details": []}), (found, answer))

    def test_macaroons(self):
        good = open(at_hand.sandbox().macaroons["monitor"], "rb").read().hex()
        self.assert_refused("expected 1 macaroon, got 0", "/v1/getinfo", macaroon=None)
        self.assert_refused("encoding/hex: invalid byte: U+007A 'z'", "/v1/getinfo", text="zz")
        self.assert_refused("cannot determine data format of binary-encoded macaroon", "/v1/getinfo", text="00ff")
        self.assert_refused("unmarshal v2: field data extends past end of buffer", "/v1/getinfo", text=good[:-20])
        for text in (good[:-2] + ("00" if good[-2:] != "00" else "01"), None):
            self.assert_refused("verification failed: signature mismatch after caveat verification", "/v1/getinfo", text=text,
                                macaroon="foreign")
        self.assert_refused("permission denied", "/v1/channels", macaroon="weak")
        expired = self.asked("/v1/getinfo", macaroon="expired")[1]["message"]
        self.assertRegex(expired, r'^caveat "time-before 20\d\d-\d\d-\d\dT00:00:00Z" not satisfied: macaroon has expired$')

    def test_who_may(self):
        calls = ("/v1/getinfo", "/v1/channels", "/v1/channels/pending", "/v1/channels/closed", "/v1/fees",
                 "/v1/balance/channels", "/v1/balance/blockchain", "/v1/peers", "/v1/graph", "/v1/graph/info")
        for macaroon in ("monitor", "uri", "admin"):
            for call in calls:
                self.assertEqual(200, self.asked(call, macaroon)[0], (macaroon, call))
            self.assertEqual(200, self.asked("/v1/switch", macaroon, body={})[0])
        allowed = [call for call in calls if self.asked(call, "weak")[0] == 200]
        self.assertEqual(["/v1/getinfo", "/v1/graph", "/v1/graph/info"], allowed)

    @unittest.skipUnless(at_hand.SHARED.exists(), at_hand.WITHOUT_RECORDINGS)
    def test_the_refusals_that_a_real_lnd_gave(self):
        """Those whose request can be repeated here: each with the same status and words."""
        repeated = 0
        for case in at_hand.recorded("lnd-simnet/errors.json"):
            answer, method, target = case["answer"], *case["request"].split(" ")
            about_macaroons = "macaroon" in case["what"] or target in ("/v1/invoices", "/v1/balance/channels?foo=1")
            if case["status"] == 200 or about_macaroons or not isinstance(answer, dict) or target.startswith("/v1/graph/edge/0?"):
                continue
            body = case["sent_body"]
            sent = body.encode() if isinstance(body, str) else body
            status, found = self.asked(target, body=sent, method=method)
            self.assertEqual((case["status"], answer), (status, found), case["what"])
            repeated += 1
        self.assertGreater(repeated, 10)


class CoreLightningRefuses(unittest.TestCase):
    def asked(self, target, rune=None, body=b"{}", method=None):
        client = at_hand.cln(rune=rune)
        self.addCleanup(client.close)
        status, _, answer = client.ask(target, body, method)
        return status, json.loads(answer) if answer[:1] == b"{" else answer

    def test_runes(self):
        client = at_hand.Client(at_hand.sandbox().servers["cln"].address, at_hand.sandbox().certificates["cln"])
        status, _, answer = client.ask("/v1/getinfo", {})
        missing = {"code": 1501, "message": "Not authorized: Missing rune", "data": None}
        self.assertEqual((403, missing), (status, json.loads(answer)))
        good = at_hand.sandbox().rune
        for rune in ("AAAA", "§", good[:-4] + "AAAA", runes.make(b"another secret..", 1, [])):
            found, answer = self.asked("/v1/getinfo", rune.encode().decode("latin-1"))
            self.assertEqual((401, 1502), (found, answer["code"]), rune)
        self.assertEqual(401, self.asked("/v1/pay")[0])
        self.assertEqual(404, self.asked("/v1/pay", at_hand.sandbox().strong_rune)[0], "allowed, and not simulated")

    def test_requests(self):
        def refusal(*arguments, **options):
            status, answer = self.asked(*arguments, **options)
            return status, answer["code"]
        self.assertEqual((404, -32601), refusal("/v1/listnothing"))
        self.assertEqual(405, self.asked("/v1/getinfo", body=None, method="GET")[0])
        for body in (b"[]", b'{"foo":1}'):
            self.assertEqual((500, -32602), refusal("/v1/getinfo", body=body))
        self.assertEqual((500, -32602), refusal("/v1/listforwards", body=b'{"limit":1}'))


class MempoolRefuses(unittest.TestCase):
    def test_what_it_does_not_know(self):
        client = at_hand.mempool()
        self.addCleanup(client.close)
        unknown = "02" + "11" * 32
        self.assertEqual({"error": "Failed to get node"}, client.json(f"/api/v1/lightning/nodes/{unknown}", status=500))
        self.assertEqual([], client.json(f"/api/v1/lightning/nodes/{unknown}/statistics"))
        self.assertEqual((400, b"Missing parameter: public_key"), client.ask("/api/v1/lightning/channels?status=open")[::2])
        self.assertEqual({"error": "Invalid status"}, client.json(f"/api/v1/lightning/channels?public_key={unknown}", status=400))
        target = f"/api/v1/lightning/channels?public_key={unknown}&status=open&index=-2"
        self.assertEqual({"error": "Invalid index"}, client.json(target, status=400))
        self.assertEqual((404, b"Channel not found"), client.ask("/api/v1/lightning/channels/1")[::2])

    def test_pages_of_channels_end_with_the_total(self):
        client = at_hand.mempool()
        self.addCleanup(client.close)
        world = at_hand.sandbox().world
        base = f"/api/v1/lightning/channels?public_key={world.lnd.pubkey}&status=open"
        found, index = [], 0
        while True:
            _, headers, body = client.ask(f"{base}&index={index}")
            total, page = int(headers["X-Total-Count"]), json.loads(body)
            if not page:
                break
            found += page
            index += 10
        self.assertEqual(total, len(found))
        self.assertEqual(sorted((channel["capacity"] for channel in found), reverse=True), [one["capacity"] for one in found])
        self.assertEqual({"capacity", "short_id", "id", "node"}, set(json.loads(client.ask(f"{base}&index=-1")[2])[0]))
        closed = client.json(f"/api/v1/lightning/channels?public_key={world.lnd.pubkey}&status=closed")
        self.assertEqual({1, 2, 3}, {channel["closing_reason"] for channel in closed})
        dates = [channel["closing_date"] for channel in closed]
        self.assertEqual(sorted(dates, reverse=True), dates)


class AmbossAnswersWhatIsAsked(unittest.TestCase):
    def asked(self, query, status=200, **variables):
        client = at_hand.amboss()
        self.addCleanup(client.close)
        return client.json("/graphql", {"query": query, "variables": variables}, status)

    def test_many_nodes_by_aliases_and_a_fragment(self):
        world = at_hand.sandbox().world
        keys = {f"p{i}": node.pubkey for i, node in enumerate(world.nodes)}
        query = "query Nodes(" + ", ".join(f"${key}: String!" for key in keys) + ") {" + \
            " ".join(f"n{key[1:]}: getNode(pubkey: ${key}) {{ ...Facts }}" for key in keys) + \
            "} fragment Facts on NodeType { graph_info { node { alias } metrics { capacity channels } } }"
        found = self.asked(query, **keys)
        self.assertEqual([f"n{i}" for i in range(len(keys))], list(found["data"]))
        for i, node in enumerate(world.nodes):
            own = [channel for channel in node.channels if channel.is_public]
            info = found["data"][f"n{i}"]["graph_info"]
            self.assertEqual({"capacity": str(sum(channel.capacity_sat for channel in own)), "channels": len(own)}, info["metrics"])
            self.assertEqual(node.alias if node.announced_at else None, info["node"] and info["node"]["alias"])

    def test_an_unknown_node_leaves_the_others_their_data(self):
        found = self.asked("query($a: String!) { a: getNode(pubkey: $a) { graph_info { metrics { channels } } } "
                           'b: getNode(pubkey: "02%s") { graph_info { metrics { channels } } } }' % ("11" * 32),
                           a=at_hand.sandbox().world.lnd.pubkey)
        self.assertGreater(found["data"]["a"]["graph_info"]["metrics"]["channels"], 5)
        self.assertIsNone(found["data"]["b"]["graph_info"]["metrics"])
        self.assertEqual([["b", "graph_info", "metrics"]], [error["path"] for error in found["errors"]])

    def test_arguments_and_pages(self):
        key = at_hand.sandbox().world.lnd.pubkey
        found = self.asked('query($k: String!, $n: Float!) { getNode(pubkey: $k) { graph_info { channels { '
                           'channel_list(order: {by: capacity, direction: ASC}, page: {limit: $n, offset: 1}) { list { capacity } '
                           'pagination { limit offset } } } closed_channels { total_count list { closure_info { closure_type } } } '
                           'fee_buckets { local_buckets { amount_channels } } } } }', k=key, n=3)["data"]["getNode"]["graph_info"]
        sizes = [int(one["capacity"]) for one in found["channels"]["channel_list"]["list"]]
        self.assertEqual((3, sorted(sizes)), (len(sizes), sizes))
        self.assertEqual({"limit": 3, "offset": 1}, found["channels"]["channel_list"]["pagination"])
        self.assertEqual(25, len(found["fee_buckets"]["local_buckets"]))
        self.assertLessEqual({"MUTUAL", "FORCED", "PENALTY"},
                             {one["closure_info"]["closure_type"] for one in found["closed_channels"]["list"]})

    def test_fee_rates_of_a_node_and_of_its_peers(self):
        key = at_hand.sandbox().world.lnd.pubkey
        found = self.asked("query($k: String!) { getNode(pubkey: $k) { graph_info { channels { fee_info(timeRange: TODAY) { "
                           "local { median weighted } remote { median weighted } } } } } }", k=key)
        fees = found["data"]["getNode"]["graph_info"]["channels"]["fee_info"]
        for side in ("local", "remote"):
            self.assertEqual({"median", "weighted"}, set(fees[side]))
            self.assertTrue(all(isinstance(value, str) and float(value) >= 0 for value in fees[side].values()), fees)

    def test_the_network(self):
        found = self.asked("{ getNetworkMetrics { historical_snapshots { nodes { active } channels { channel_metrics { "
                           "count sum median } fee_rate_metrics { median } } } } }")
        found = found["data"]["getNetworkMetrics"]["historical_snapshots"]
        public = at_hand.sandbox().world.public_channels()
        metrics = found["channels"]["channel_metrics"]
        capacity = sum(channel.capacity_sat for channel in public)
        self.assertEqual((str(len(public)), str(capacity)), (metrics["count"], metrics["sum"]))

    def test_what_is_no_query_of_this_schema_is_refused_whole(self):
        for query in ("{ getNode(pubkey: ", "{ getNothing }", "{ getHello { a } }", "{ getNode(pubkey: \"a\") }",
                      "query($a: String!) { getNode(pubkey: $a) { user } }", "mutation { healthCheck }", "{ ...Nowhere }", "§"):
            self.assertNotIn("data", self.asked(query, status=400), query)
