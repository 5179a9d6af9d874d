import json
import signal
import subprocess
import sys
import unittest

import at_hand


class TheCommand(unittest.TestCase):
    def started(self, *options):
        process = subprocess.Popen([sys.executable, "-m", "sandbox", *options], cwd=at_hand.ROOT, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def test_says_where_it_serves_and_ends_by_sigterm(self):
        process = self.started("--seed", "1", "--nodes", "20", "--days", "1", "--payments", "2", "--print-json", "--faults", '{"amboss": "500"}')
        document = json.loads(process.stdout.readline())
        self.assertEqual(process.pid, document["process"])
        client = at_hand.Client(document["servers"]["mempool"])
        self.assertEqual(200, client.ask("/api/v1/fees/precise")[0])
        self.assertEqual(500, at_hand.Client(document["servers"]["amboss"]).ask("/graphql", {"query": "{getHello}"})[0])
        lnd = at_hand.Client(document["lnd"], document["certificates"]["lnd"])
        self.assertEqual(200, lnd.ask("/v1/state")[0])
        process.send_signal(signal.SIGTERM)
        self.assertEqual(0, process.wait(timeout=10))

    def test_a_world_too_small_is_a_wrong_call(self):
        process = self.started("--nodes", "3")
        self.assertEqual(2, process.wait(timeout=10))
        self.assertIn("20 nodes", process.stderr.read())
