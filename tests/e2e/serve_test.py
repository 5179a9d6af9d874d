"""What stops the start, and how the service stops: one clear line with the remedy, status 1, nothing lost."""
import json
import os
import pathlib
import signal
import socket
import subprocess
import time
import unittest

from service import BASIC, SECRET, Service, program, small_graph


class StartFails(unittest.TestCase):
    def setUp(self):
        self.service = Service()
        self.addCleanup(self.service.close)

    def refusal(self, *words, **env):
        """The one line of a `serve` that does not start."""
        run = subprocess.run([program(), "serve", *words], cwd=self.service.folder, capture_output=True, text=True,
                             env={**self.service.environment(), **env}, timeout=60, check=False)
        self.assertEqual(run.returncode, 1, run.stderr)
        self.assertEqual(run.stdout, "")
        told = [line for line in run.stderr.splitlines() if line.startswith("mcp-api: ")]
        self.assertEqual(len(told), 1, run.stderr)
        return told[0]

    def test_without_any_key_for_tokens(self):
        self.service.write_env("MCP_PORT=0\n")
        line = self.refusal()
        self.assertIn("JWT_SECRET", line)

    def test_with_a_server_that_is_not_built_in_yet(self):
        for key, value in (("MONGODB_URI", "mongodb://127.0.0.1/mcp_db"), ("REDIS_URL", "redis://127.0.0.1")):
            self.service.write_env(BASIC + f"{key}={value}\n")
            self.assertIn(key, self.refusal())
        self.assertFalse((self.service.folder / "mcp.db").exists(), "nothing is made on a start that fails")

    def test_lists_all_faults_of_the_configuration_at_once(self):
        self.service.write_env(BASIC + "DAILY_REPORTS_HOUR=24\nDAILY_REPORTS_HUOR=6\nMCP_PORT=http\n")
        run = subprocess.run([program(), "serve"], cwd=self.service.folder, env=self.service.environment(),
                             capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(run.returncode, 1)
        lines = run.stderr.splitlines()
        for key in ("DAILY_REPORTS_HOUR", "DAILY_REPORTS_HUOR", "MCP_PORT"):
            self.assertEqual(sum(key in line for line in lines if "did you mean" not in line or key != "DAILY_REPORTS_HOUR"),
                             1, run.stderr)

    def test_when_another_program_has_the_port(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self.service.write_env(BASIC + f"MCP_PORT={taken.getsockname()[1]}\n")
            self.assertIn("MCP_PORT", self.refusal())

    def test_when_another_server_works_in_the_folder(self):
        self.service.start()
        self.assertIn("a server", self.refusal())

    def test_when_the_log_cannot_be_written(self):
        self.service.write_env(BASIC + "MCP_LOG_FILE=/no/such/folder/app.log\n")
        self.assertIn("/no/such/folder/app.log", self.refusal())

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_when_the_data_folder_may_not_be_written(self):
        (self.service.folder / "data").mkdir(mode=0o500)
        self.service.write_env(BASIC + "MCP_DATA_DIR=data\n")
        self.assertIn("data", self.refusal())

    def test_when_the_data_folder_is_a_file(self):
        (self.service.folder / "data").write_text("not a folder")
        self.service.write_env(BASIC + "MCP_DATA_DIR=data\n")
        self.assertIn("data", self.refusal())

    def test_when_the_store_is_damaged_and_a_backup_mends_it(self):
        self.service.run("migrate")
        self.service.run("user", "add", "alice")
        self.service.run("backup", "backup.db")
        database = self.service.folder / "mcp.db"
        database.write_bytes(b"\xff" * 100 + database.read_bytes()[100:])
        line = self.refusal()
        self.assertIn("mcp-api restore", line)
        self.service.run("restore", "backup.db")
        self.service.start()
        self.assertIn("alice", self.service.run("user", "list").stdout)

    def test_when_a_file_may_not_grow(self):
        run = subprocess.run(["bash", "-c", f"ulimit -f 1; exec {program()} serve"], cwd=self.service.folder,
                             env=self.service.environment(), capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(run.returncode, 1, run.stderr)


class Lifetime(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service(BASIC + "MCP_GRAPH_FILE=graph.json\n")
        cls.nodes = small_graph(cls.service.folder / "graph.json", 100)
        cls.service.run("migrate")
        for i in range(30):
            cls.service.run("user", "add", f"user-{i}", "--node", cls.nodes[i], "--enable")

    @classmethod
    def tearDownClass(cls):
        cls.service.close()

    def test_stops_within_seconds_also_in_the_middle_of_a_run_and_goes_on_later(self):
        self.service.start()
        admin = self.service.token("op", "--admin")
        answer = json.loads(self.service.shell(f"curl -sf -X POST -H 'Authorization: Bearer {admin}' "
                                               "$BASE/api/v1/admin/reports/daily/trigger"))
        begun = time.monotonic()
        self.assertEqual(self.service.stop(), 0)
        self.assertLess(time.monotonic() - begun, 20)
        self.service.start()
        admin = self.service.token("op", "--admin")
        task = lambda: json.loads(self.service.shell(
            f"curl -sf -H 'Authorization: Bearer {admin}' $BASE/api/v1/admin/tasks/{answer['task_id']}"))["task"]
        self.service.wait_for(lambda: task()["state"] == "completed")
        self.assertEqual((task()["done"], task()["failed"]), (30, 0))
        named = json.loads(self.service.shell(
            f"curl -sf -X POST -H 'Authorization: Bearer {admin}' -H 'Content-Type: application/json' "
            "-d '{\"user_ids\":[\"user-1\",\"user-0\"]}' $BASE/api/v1/admin/reports/daily/trigger"))
        self.assertEqual(named["user_ids"], ["user-1", "user-0"])
        self.service.run("check", "store")
        self.service.run("backup", "while-it-serves.db")
        self.assertEqual(self.service.stop(signal.SIGINT), 0)
        self.service.shell("! grep ERROR app.log")

    def test_writes_a_new_log_after_logrotate(self):
        self.service.start()
        log = self.service.folder / "app.log"
        log.rename(self.service.folder / "app.log.1")
        self.service.process.send_signal(signal.SIGHUP)
        self.service.wait_for(log.exists)
        self.service.shell("curl -s $BASE/health/live")
        self.service.wait_for(lambda: "/health/live" in self.service.log())
        self.service.stop()

    def test_answers_health_and_pages_to_anybody_and_nothing_else(self):
        self.service.start()
        for path in ("/health", "/health/live", "/health/ready", "/metrics", "/openapi.json", "/docs"):
            self.service.shell(f"curl -sf $BASE{path}")
        for path in ("/api/v1/user/profile", "/api/v1/reports/daily/latest", "/api/v1/admin/reports/daily/stats"):
            self.assertEqual(self.service.shell(f"curl -s -o /dev/null -w '%{{http_code}}' $BASE{path}"), "401")
        self.service.stop()

    def test_tells_no_secret_and_no_address_in_its_log(self):
        self.service.start()
        token = self.service.token("somebody@example.org")
        self.service.shell(f"curl -s -H 'Authorization: Bearer {token}' $BASE/api/v1/user/profile")
        self.service.shell("curl -s -H 'Authorization: Bearer nonsense' $BASE/api/v1/user/profile")
        self.service.stop()
        log = self.service.log()
        for secret in (SECRET, token, token.split(".")[2], "somebody@example.org"):
            self.assertNotIn(secret, log)


if __name__ == "__main__":
    unittest.main()
