"""The service under load as ThreadSanitizer sees it: a run of fifty users, requests of all kinds, other commands on its
store, SIGHUP, and SIGTERM in the end. ./dev test builds it by the preset tsan."""
import http.client
import itertools
import json
import os
import pathlib
import signal
import subprocess
import threading
import time
import unittest

from service import BASIC, ROOT, Service, small_graph

PROGRAM = pathlib.Path(os.environ.get("MCP_TEST_TSAN_PROGRAM", ROOT / "build/tsan/mcp-api"))
USERS = 50
SECONDS = 20
DAILY = "/api/v1/reports/daily"
PROFILE = "/api/v1/user/profile"
TRIGGER = "/api/v1/admin/reports/daily/trigger"


class Watched(Service):
    def environment(self):
        return {**super().environment(), "TSAN_OPTIONS": "halt_on_error=0 exitcode=66 second_deadlock_stack=1"}


class Clients:
    """Threads that ask one call after the other, each on a connection of its own, until the time is over."""

    def __init__(self, base, seconds):
        self._address = base.removeprefix("http://")
        self._end = time.monotonic() + seconds
        self._threads = []
        self.answers = {}  # (call, status) -> how often
        self.faults = []

    def begin(self, token, *calls):
        self._threads.append(threading.Thread(target=self._ask, args=(token, calls)))
        self._threads[-1].start()

    def _ask(self, token, calls):
        connection = http.client.HTTPConnection(self._address, timeout=30)
        try:
            for method, path, body in itertools.cycle(calls):
                if time.monotonic() > self._end:
                    return
                connection.request(method, path, body, {"Authorization": f"Bearer {token}",
                                                        "Content-Type": "application/json"})
                answer = connection.getresponse()
                answer.read()
                asked = (f"{method} {path}", answer.status)
                self.answers[asked] = self.answers.get(asked, 0) + 1
        except Exception as fault:  # a test must see what its threads met
            self.faults.append(fault)
        finally:
            connection.close()

    def wait(self):
        for thread in self._threads:
            thread.join()


def works():
    """Why the program cannot run here; nothing when it can (ThreadSanitizer needs a layout of memory that not every
    kernel gives)."""
    if not PROGRAM.exists():
        return f"{PROGRAM.relative_to(ROOT)} is not built: ./dev test does"
    ended = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, timeout=60, check=False)
    return f"it does not start: {ended.stderr[:200]}" if ended.returncode else None


class UnderLoad(unittest.TestCase):
    def setUp(self):
        if why := works():
            self.skipTest(why)
        self.service = Watched(BASIC + "MCP_GRAPH_FILE=graph.json\nMCP_RATE_LIMIT_PER_MINUTE=0\n", binary=str(PROGRAM))
        self.addCleanup(self.service.close)
        nodes = small_graph(self.service.folder / "graph.json", 100)
        self.service.run("migrate")
        for i in range(USERS):
            self.service.run("user", "add", f"user-{i}", "--node", nodes[i], "--enable")
        self.nodes = nodes

    def beside(self, end):
        """What an operator does meanwhile."""
        for i in itertools.count():
            if time.monotonic() > end:
                return
            self.service.run("user", "list")
            self.service.run("user", "add", f"late-{i}", "--node", self.nodes[USERS + i % 49], check=False)
            self.service.run("user", "remove", f"late-{i}", check=False)
            self.service.process.send_signal(signal.SIGHUP)

    def test_no_thread_races_with_another(self):
        self.assertIn(b"ThreadSanitizer", PROGRAM.read_bytes(), "a program that nobody watches races with nobody")
        service = self.service
        service.start(wait=120)
        user, other, admin = service.token("user-1"), service.token("user-2"), service.token("op", "--admin")
        clients = Clients(service.base, SECONDS)
        clients.begin(admin, ("POST", TRIGGER, None), ("GET", "/api/v1/admin/reports/daily/stats", None),
                      ("POST", TRIGGER, json.dumps({"user_ids": ["user-3", "user-4"]})))
        for _ in range(3):
            clients.begin(user, ("GET", f"{DAILY}/latest", None), ("GET", f"{DAILY}/history?days=7", None))
        clients.begin(other, ("POST", f"{PROFILE}/daily-report/disable", None),
                      ("POST", f"{PROFILE}/daily-report/enable", None), ("GET", f"{PROFILE}/daily-report/status", None))
        clients.begin("", ("GET", "/metrics", None), ("GET", "/health/ready", None), ("GET", "/openapi.json", None))
        self.beside(time.monotonic() + SECONDS)
        clients.wait()
        self.assertEqual(service.stop(wait=60), 0, service.errors.read_text()[-20000:])
        self.assertNotIn("ThreadSanitizer", service.errors.read_text())
        self.assertEqual(clients.faults, [])
        self.assertGreater(clients.answers.get((f"GET {DAILY}/latest", 200), 0), 0, clients.answers)
        self.assertGreater(clients.answers.get((f"POST {TRIGGER}", 202), 0), 0, clients.answers)
        odd = {asked: count for asked, count in clients.answers.items() if asked[1] >= 500}
        self.assertEqual(odd, {})
        self.assertGreaterEqual(service.log().count("generated successfully"), USERS)


if __name__ == "__main__":
    unittest.main()
