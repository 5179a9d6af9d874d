"""kill -9 at any moment of a run: the next start makes what was owed, and nothing is lost or made twice."""
import json
import os
import random
import signal
import unittest

from service import BASIC, DUE_TODAY, Service, small_graph

USERS = 300
KILLS = int(os.environ.get("MCP_TEST_KILLS", "50"))
SEED = int(os.environ.get("MCP_TEST_SEED", "20261125"))


class KillNine(unittest.TestCase):
    def test_fifty_random_moments_of_a_run_of_300_users(self):
        service = Service(BASIC + DUE_TODAY + "MCP_GRAPH_FILE=graph.json\n")
        self.addCleanup(service.close)
        nodes = small_graph(service.folder / "graph.json", 400)[:USERS]
        service.run("migrate")
        for i, node in enumerate(nodes):
            service.run("user", "add", f"user-{i:03}", "--node", node, "--enable")
        chance = random.Random(SEED)
        service.start()  # never ran before and has users: it makes up the day's run at once
        made = lambda: service.log().count("generated successfully")
        for kill in range(KILLS):
            target = made() + chance.randrange(0, 2 + 2 * USERS // KILLS)
            service.wait_for(lambda: made() >= min(target, USERS) or "ended:" in service.log())
            service.stop(signal.SIGKILL)
            service.start()
        service.wait_for(lambda: "ended:" in service.log(), wait=300)
        admin = service.token("op", "--admin")
        stats = json.loads(service.shell(
            f"curl -sf -H 'Authorization: Bearer {admin}' $BASE/api/v1/admin/reports/daily/stats"))["stats"]
        self.assertEqual(stats["reports_generated_today"], USERS, f"seed {SEED}")
        self.assertEqual(stats["reports_failed_today"], 0, f"seed {SEED}")
        day = service.shell("date -u +%Y%m%d").strip()
        for i in range(USERS):
            asset = service.folder / f"rag/RAG_assets/reports/daily/user-{i:03}/{day}.json"
            service.wait_for(asset.exists, wait=30)
            self.assertEqual(json.loads(asset.read_text())["user_id"], f"user-{i:03}")
        left = [path for path in (service.folder / "rag").rglob("*") if path.is_file() and path.suffix != ".json"]
        self.assertEqual(left, [], "nothing half written stays")
        self.assertEqual(service.stop(), 0)
        check = json.loads(service.run("check", "store", "--format", "json").stdout)
        self.assertTrue(check["is_sound"])
        self.assertEqual(check["rows"]["reports"], USERS)


if __name__ == "__main__":
    unittest.main()
