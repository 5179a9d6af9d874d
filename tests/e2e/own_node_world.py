"""What tests of users' own nodes share: a small world on loopback with its true ledger, and a service that may read nodes
there."""
import datetime
import functools
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request

from service import ROOT, SECRET, Service, program

sys.path.insert(0, str(ROOT))
from sandbox.sandbox import Sandbox  # noqa: E402: the path had to come first
from sandbox.servers.control import truth  # noqa: E402

WEEK = 7
NODE = "/api/v1/user/profile/node"
KEY = "0f" * 32  # seals credentials in these tests alone


class World:
    """A small world, and how to get into its two nodes."""

    def __init__(self, **options):
        self.sandbox = Sandbox(**{"seed": 3, "nodes": 30, "days": 9, **options})
        self.home = tempfile.TemporaryDirectory(prefix="mcp-api-own-node-")
        self.folder = pathlib.Path(self.home.name)
        document = self.sandbox.document()
        self.keys = {kind: document["nodes"][kind] for kind in ("lnd", "cln")}
        self.urls = {kind: document[kind] for kind in ("lnd", "cln")}
        self.macaroons = document["macaroons"]
        self.certificates = document["certificates"]
        self.rune = document["rune"]
        self.rune_file = self.folder / "rune"
        self.rune_file.write_text(self.rune + "\n")
        self.day = document["day"]

    def options(self, kind, macaroon="uri"):
        credential = ["--macaroon", self.macaroons[macaroon]] if kind == "lnd" else ["--rune", str(self.rune_file)]
        return ["--node-url", self.urls[kind], *credential, "--tls-cert", self.certificates[kind]]

    def secret(self, kind):
        return pathlib.Path(self.macaroons["uri"]).read_bytes().hex() if kind == "lnd" else self.rune

    def given(self, kind):
        """What a user puts into their profile."""
        name = "macaroon" if kind == "lnd" else "rune"
        return {"kind": kind, "url": self.urls[kind], name: self.secret(kind),
                "tls_cert": pathlib.Path(self.certificates[kind]).read_text()}

    def run(self, *arguments, keys=None, home="home"):
        home = self.folder / home
        home.mkdir(exist_ok=True)
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home), **(keys or {})}
        return subprocess.run([program(), *arguments], env=environment, cwd=home, capture_output=True, text=True,
                              timeout=300, stdin=subprocess.DEVNULL, check=False)

    def truth(self, kind):
        with self.sandbox.lock:
            return truth(self.sandbox.world, self.keys[kind])

    def days(self):
        """Those that a snapshot tells of, oldest first."""
        today = datetime.date.fromisoformat(self.day)
        return [(today - datetime.timedelta(days=back)).isoformat() for back in range(WEEK, 0, -1)]

    def planted(self, kind, day):
        return self.truth(kind)["days"][day][self.keys[kind]]

    def close(self):
        self.sandbox.close()
        self.home.cleanup()


class OnANode(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)

    def setUp(self):
        if datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d") != self.world.day:
            self.skipTest("midnight came while the world stood still")

    def report(self, kind, *more, keys=None):
        run = self.world.run("report", *self.world.options(kind), "--format", "json", "--lang", "en", *more, keys=keys)
        self.assertEqual(run.returncode, 0, run.stderr)
        return json.loads(run.stdout)


class WithService(OnANode):
    """A service on loopback that may read nodes there, and alice, who has a node."""

    KEYS = f"MCP_SECRETS_KEY={KEY}\nMCP_NODE_ADDRESS_ALLOW=127.0.0.0/8\n"

    def setUp(self):
        super().setUp()
        world = self.world
        self.service = Service(self.env(self.KEYS))
        self.addCleanup(self.service.close)
        self.service.start()
        for user, kind in (("alice", "lnd"), ("carol", "cln")):
            self.service.run("user", "add", user, "--node", world.keys[kind], "--enable")

    def env(self, keys):
        world = self.world
        return (f"JWT_SECRET={SECRET}\nMCP_PORT=0\nMCP_LOG_FILE=app.log\nMCP_DEFAULT_LANGUAGE=en\n"
                f"DAILY_REPORTS_SCHEDULER_ENABLED=false\nMCP_LND_REST_URL={world.urls['lnd']}\n"
                f"MCP_LND_MACAROON_FILE={world.macaroons['monitor']}\nMCP_LND_TLS_CERT_FILE={world.certificates['lnd']}\n"
                + keys)

    def ask(self, method, path, body=None, user="alice"):
        """@return (status, answer)"""
        request = urllib.request.Request(
            self.service.base + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": "Bearer " + self.token(user), "Content-Type": "application/json",
                     "Accept-Language": "en"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    @functools.lru_cache(maxsize=None)
    def token(self, user):
        return self.service.token(user, *(["--admin"] if user == "root" else []))

    def connect(self, user, kind, **other):
        return self.ask("PUT", NODE, {**self.world.given(kind), **other}, user)

    def make_reports(self, *users):
        done = self.service.log().count("generated successfully")
        status, answer = self.ask("POST", "/api/v1/admin/reports/daily/trigger", {"user_ids": list(users)}, "root")
        self.assertEqual(status, 202, answer)
        self.service.wait_for(lambda: self.service.log().count("generated successfully") >= done + len(users))
        return [self.ask("GET", "/api/v1/reports/daily/latest", user=user)[1]["report"] for user in users]
