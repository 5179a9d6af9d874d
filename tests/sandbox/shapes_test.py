import re
import unittest

import at_hand
from shape import Shape
from sandbox.servers.amboss_schema import SCHEMA


@unittest.skipUnless(at_hand.SHARED.exists(), at_hand.WITHOUT_RECORDINGS)
class AnswersHaveTheShapeOfRecordings(unittest.TestCase):
    def assert_shape(self, answer, *files, **options):
        samples = [at_hand.recorded(file) for file in files]
        faults = Shape(samples, **options).faults(answer)
        self.assertEqual([], faults[:5])

    def lnd(self, target, *files, body=None, **options):
        client = at_hand.lnd()
        self.addCleanup(client.close)
        answer = client.json(target, body)
        self.assert_shape(answer, *(f"lnd-simnet/{file}.json" for file in files), **options)
        return answer

    def test_lnd_about_itself(self):
        self.lnd("/v1/getinfo", "getinfo")
        self.lnd("/v1/state", "state")
        self.lnd("/v1/fees", "fees", "fees_closed")
        self.lnd("/v1/balance/channels", "balance_channels", "balance_channels_held")
        self.lnd("/v1/balance/blockchain", "balance_blockchain")

    def test_lnd_about_its_channels(self):
        channels = self.lnd("/v1/channels?peer_alias_lookup=true", "channels", "channels_held")["channels"]
        self.assertTrue(any(channel["pending_htlcs"] for channel in channels), "one payment is under way")
        self.assertTrue(any(channel["private"] for channel in channels))
        closed = self.lnd("/v1/channels/closed", "closed", "closed_all")["channels"]
        self.assertEqual({"COOPERATIVE_CLOSE", "LOCAL_FORCE_CLOSE", "REMOTE_FORCE_CLOSE", "BREACH_CLOSE"},
                         {channel["close_type"] for channel in closed})
        pending = self.lnd("/v1/channels/pending", "pending")
        self.assertTrue(pending["pending_open_channels"])
        self.lnd("/v1/peers", "peers")

    def test_lnd_about_forwards(self):
        found = self.lnd("/v1/switch", "switch", body={"num_max_events": 1000, "peer_alias_lookup": True})
        self.assertGreater(len(found["forwarding_events"]), 20)

    def test_lnd_about_the_graph(self):
        # a side that never said what it asks for is null; none of the four recorded channels has such a side
        graph = self.lnd("/v1/graph", "graph", nullable=("node1_policy", "node2_policy"))
        self.assertTrue(any(edge["node1_policy"] is None or edge["node2_policy"] is None for edge in graph["edges"]))
        self.assertTrue(any(node["alias"] == "" for node in graph["nodes"]))
        hub = at_hand.sandbox().world.nodes[0].pubkey
        self.lnd(f"/v1/graph/node/{hub}", "graph_node", nullable=("node1_policy", "node2_policy"))
        self.lnd(f"/v1/graph/edge/{graph['edges'][0]['channel_id']}", "graph_edge", nullable=("node1_policy", "node2_policy"))
        self.lnd("/v1/graph/info", "graph_info")

    def cln(self, method, body=None):
        client = at_hand.cln()
        self.addCleanup(client.close)
        return client.json(f"/v1/{method}", body or {}, status=201)

    def assert_cln_shape(self, answer, method, **options):
        samples = [example["response"] for example in at_hand.recorded(f"cln-node/{method}.examples.json")]
        self.assertEqual([], Shape(samples, **options).faults(answer)[:5])

    def test_core_lightning_about_itself(self):
        self.assert_cln_shape(self.cln("getinfo"), "getinfo")
        # what waits for its first block has no short id
        self.assert_cln_shape(self.cln("listfunds"), "listfunds", optional=("short_channel_id",))
        self.assert_cln_shape(self.cln("listpeers"), "listpeers")
        self.assert_cln_shape(self.cln("bkpr-listincome", {"consolidate_fees": False}), "bkpr-listincome")
        self.assert_cln_shape(self.cln("bkpr-listaccountevents"), "bkpr-listaccountevents")

    def test_core_lightning_about_the_graph(self):
        nodes = self.cln("listnodes")
        self.assert_cln_shape(nodes, "listnodes", optional=("alias", "color", "last_timestamp", "features", "addresses"))
        self.assertTrue(any(set(node) == {"nodeid"} for node in nodes["nodes"]))
        self.assert_cln_shape(self.cln("listchannels"), "listchannels")

    def test_core_lightning_about_its_channels(self):
        channels = self.cln("listpeerchannels")
        waiting = [one for one in channels["channels"] if one["state"] == "CHANNELD_AWAITING_LOCKIN"]
        self.assertTrue(waiting and all("short_channel_id" not in one or one["updates"] == {} for one in waiting))
        channels["channels"] = [one for one in channels["channels"] if one not in waiting]
        self.assert_cln_shape(channels, "listpeerchannels")
        closed = self.cln("listclosedchannels")
        self.assertTrue(closed["closedchannels"])
        self.assert_cln_shape(closed, "listclosedchannels", optional=("funding_psbt",))

    def test_core_lightning_about_forwards(self):
        forwards = self.cln("listforwards")
        self.assert_cln_shape(forwards, "listforwards")
        by_status = {one["status"]: one for one in forwards["forwards"]}
        self.assertLessEqual({"settled", "failed", "local_failed", "offered"}, set(by_status))
        for status in ("settled", "local_failed", "offered"):
            recorded = [one for example in at_hand.recorded("cln-node/listforwards.examples.json")
                        for one in example["response"]["forwards"] if one["status"] == status]
            self.assertEqual([], Shape(recorded).faults(by_status[status]), status)

    def mempool(self, target, file, **options):
        client = at_hand.mempool()
        self.addCleanup(client.close)
        answer = client.json("/api/v1" + target)
        self.assert_shape(answer, f"mempool/{file}.mainnet.json", **options)
        return answer

    def test_mempool_about_the_chain(self):
        self.mempool("/fees/recommended", "get-recommended-fees")
        self.mempool("/fees/precise", "get-recommended-fees-precise")
        self.mempool("/prices", "get-price")
        self.mempool("/historical-price?currency=EUR&timestamp=1795600000", "get-historical-price")

    def test_mempool_about_the_network(self):
        found = self.mempool("/lightning/statistics/latest", "get-lightning-network-stats", extra=("previous",))
        self.assertEqual(set(found["latest"]), set(found["previous"]))
        self.assertRegex(found["latest"]["added"], r"^2026-11-25T00:00:00\.000Z$")

    def test_mempool_about_a_node(self):
        world = at_hand.sandbox().world
        placed = next(node for node in world.nodes if node.addresses and node.addresses[0][0] == "ipv4")
        self.mempool(f"/lightning/nodes/{placed.pubkey}", "get-node-stats", extra=("features", "featuresBits", "custom_records"))
        self.mempool(f"/lightning/nodes/{world.lnd.pubkey}/statistics", "get-historical-node-stats")
        channels = self.mempool(f"/lightning/channels?public_key={world.lnd.pubkey}&status=open", "get-channels-from-pubkey",
                                extra=("closing_date",))
        self.mempool(f"/lightning/channels/{channels[0]['id']}", "get-channel",
                     nullable=("longitude", "latitude"), extra=("closing_fee", "closing_date", "funding_ratio", "closed_by",
                                                                "single_funded"))

    def test_amboss_has_the_schema_of_the_original(self):
        text = (at_hand.SHARED / "recorded/amboss/schema-subset.graphql").read_text()
        # arguments hold braces in their defaults; without them and comments a field is NAME: TYPE
        plain = re.sub(r"\([^)]*\)", "", re.sub(r'"""[^"]*"""|#[^\n]*', "", text))
        for name, fields in SCHEMA.items():
            body = re.search(rf"\btype {name} \{{([^}}]*)\}}", plain)
            self.assertIsNotNone(body, name)
            original = dict(re.findall(r"(\w+): ([\[\]\w!]+)", body[1]))
            for field, kind in fields.items():
                self.assertEqual(original.get(field), kind, f"{name}.{field}")


class TheShapeItself(unittest.TestCase):
    def test_a_missing_a_new_and_a_mistyped_key_are_found(self):
        shape = Shape([{"a": "1", "b": [{"c": True}]}])
        self.assertEqual([], shape.faults({"a": "22", "b": [{"c": False}, {"c": True}]}))
        for answer in ({"b": []}, {"a": "1", "b": [], "d": 1}, {"a": 1, "b": []}, {"a": "x", "b": []}, {"a": "1", "b": [{"c": 1}]},
                       {"a": None, "b": []}):
            self.assertTrue(shape.faults(answer), answer)
