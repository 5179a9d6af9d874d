"""A real LND's graph from a file: what REST answers and what lncli prints, read by mcp-api."""
import csv
import io
import json
import unittest

from net import CHANNELS, check_channels, fees_as_they_were_set, needs_net, network, node
from service import Service


@needs_net
class GraphFile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        network()
        cls.service = Service("")
        cls.addClassCleanup(cls.service.close)
        (cls.service.folder / "rest.json").write_bytes(node("dave").get("/v1/graph"))
        (cls.service.folder / "lncli.json").write_text(node("dave").lncli("describegraph"))

    def run_json(self, *words):
        return json.loads(self.service.run(*words, "--format", "json").stdout)

    def test_the_two_ways_to_the_graph_are_read_alike(self):
        self.assertEqual(self.run_json("graph", "facts", "rest.json"), self.run_json("graph", "facts", "lncli.json"))
        rows = [self.service.run("graph", "facts", file, "--format", "csv").stdout
                for file in ("rest.json", "lncli.json")]
        self.assertEqual(*rows)
        diff = self.run_json("graph", "diff", "lncli.json", "rest.json")
        counts = {key: value for key, value in diff.items() if not key.endswith("as_of")}
        self.assertEqual(counts, {"channels": len(CHANNELS), "opened": 0, "gone": 0, "fee_changes": 0,
                                  "disable_flips": 0, "updates": 0})

    def test_a_change_of_one_inbound_fee_is_seen_as_one(self):
        text = (self.service.folder / "rest.json").read_text()
        self.assertEqual(text.count('"inbound_fee_rate_milli_msat":-50'), 1)
        changed = text.replace('"inbound_fee_rate_milli_msat":-50', '"inbound_fee_rate_milli_msat":-51')
        (self.service.folder / "changed.json").write_text(changed)
        self.assertEqual(self.run_json("graph", "diff", "rest.json", "changed.json")["fee_changes"], 1)

    def test_the_table_of_nodes_counts_what_was_opened(self):
        table = csv.DictReader(io.StringIO(self.service.run("graph", "facts", "rest.json", "--format", "csv").stdout))
        rows = {row["pubkey"]: row for row in table}
        self.assertEqual(len(rows), len(network().nodes))
        for name, lnd in network().nodes.items():
            own = {channel: capacity for channel, capacity in CHANNELS.items() if name in channel.split("-")}
            row = rows[lnd.pubkey]
            self.assertEqual((int(row["channels"]), int(row["capacity_sats"])), (len(own), sum(own.values())), name)
            self.assertEqual(row["alias"], lnd.alias)
            ppm = [fee["ppm"] for fee in fees_as_they_were_set(name).values()]
            self.assertAlmostEqual(float(row["mean_fee_ppm"]), sum(ppm) / len(ppm), 9)

    def test_each_node_is_told_its_channels_to_the_millisatoshi(self):
        for name, lnd in network().nodes.items():
            report = self.run_json("report", "--graph", "rest.json", "--node", lnd.pubkey)
            check_channels(self, report, name)


if __name__ == "__main__":
    unittest.main()
