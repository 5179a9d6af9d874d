"""A service of one test: a folder with its .env, started as an operator starts it, and the shell beside it."""
import functools
import hashlib
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "data/sample/mainnet-2024-09-22.describegraph.json.xz"
SECRET = "0123456789abcdef" * 4  # of these tests alone
BASIC = f"JWT_SECRET={SECRET}\nMCP_PORT=0\nMCP_LOG_FILE=app.log\nMCP_GRAPH_FILE={SAMPLE}\nMCP_DEFAULT_LANGUAGE=en\n"
# Of a service that never ran: its first run is due at any hour of the day that a test runs in, and made up at once.
DUE_TODAY = "DAILY_REPORTS_HOUR=0\n"


@functools.cache
def program():
    """MCP_TEST_PROGRAM where it is set, else the optimised program where it is built, else the one with sanitizers."""
    if chosen := os.environ.get("MCP_TEST_PROGRAM"):
        return chosen
    built = [path for path in (ROOT / "build/release/mcp-api", ROOT / "build/dev/mcp-api") if path.exists()]
    if not built:
        raise FileNotFoundError("mcp-api is not built: ./dev build")
    return str(built[0])


class Service:
    """What an operator has: a folder, and a service that may run in it."""

    def __init__(self, env=BASIC, cache=None, binary=None):
        self.binary = binary or program()
        self.home = tempfile.TemporaryDirectory(prefix="mcp-api-e2e-")
        self.folder = pathlib.Path(self.home.name)
        self.write_env(env)
        self.process = None
        self.errors = self.folder / "stderr.txt"  # a pipe that nobody reads would hold up the service when it is full
        self.base = None
        if cache:  # what a graph's figures cost is paid once, by the first service of a test
            (self.folder / "cache").symlink_to(cache)

    def write_env(self, text):
        (self.folder / ".env").write_text(text)

    def environment(self):
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        return {**kept, "LC_ALL": "C.UTF-8", "BASE": self.base or "", "SECRET": SECRET}

    def start(self, wait=60):
        log = self.folder / "app.log"
        begins_at = log.stat().st_size if log.exists() else 0
        with open(self.errors, "w") as errors:
            self.process = subprocess.Popen([self.binary, "serve"], cwd=self.folder, env=self.environment(),
                                            stdout=subprocess.DEVNULL, stderr=errors)
        end = time.monotonic() + wait
        while time.monotonic() < end:
            text = log.read_text()[begins_at:] if log.exists() else ""
            found = re.search(r"http://[\d.]+:(\d+)", text)
            if found:
                self.base = found[0]
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError(f"the service did not start: {self.process.poll()} {self.errors.read_text()}")

    def stop(self, how=signal.SIGTERM, wait=30):
        """Ends the service. @return its exit status"""
        self.process.send_signal(how)
        status = self.process.wait(timeout=wait)
        self.process = None
        return status

    def close(self):
        if self.process:
            self.process.kill()
            self.process.wait()
        self.home.cleanup()

    def run(self, *words, check=True):
        run = subprocess.run([self.binary, *words], cwd=self.folder, env=self.environment(), capture_output=True,
                             text=True, check=False)
        if check and run.returncode:
            raise AssertionError(f"mcp-api {' '.join(words)}: status {run.returncode}\n{run.stderr}")
        return run

    def token(self, user, *more):
        return self.run("token", "issue", "--user", user, *more).stdout.strip()

    def shell(self, line):
        """@return what the line prints; it must succeed"""
        run = subprocess.run(["bash", "-o", "pipefail", "-c", line], cwd=self.folder, env=self.environment(),
                             capture_output=True, text=True, check=False)
        if run.returncode:
            raise AssertionError(f"{line}\nstatus {run.returncode}\n{run.stdout}{run.stderr}")
        return run.stdout

    def log(self):
        path = self.folder / "app.log"
        return path.read_text() if path.exists() else ""

    def wait_for(self, condition, wait=120):
        end = time.monotonic() + wait
        while time.monotonic() < end:
            if condition():
                return
            time.sleep(0.05)
        raise AssertionError("what was awaited never came\n" + self.log()[-3000:])


def small_graph(path, nodes):
    """A graph of a ring with chords, announced just now, whose figures take no time. @return the nodes' public keys"""
    import json
    now = int(time.time()) - 3600
    keys = sorted("02" + hashlib.sha256(str(number).encode()).hexdigest() for number in range(nodes))
    policy = {"time_lock_delta": 40, "min_htlc": "1000", "fee_base_msat": "0", "fee_rate_milli_msat": "100",
              "disabled": False, "max_htlc_msat": "4950000000", "last_update": now}
    ends = [(a, (a + step) % nodes) for a in range(nodes) for step in (1, 7, 50)]
    edges = [{"channel_id": str((900_000 - i // 100 << 40) + (i % 100 << 16)), "chan_point": f"{i:064x}:0",
              "last_update": now, "node1_pub": keys[min(a, b)], "node2_pub": keys[max(a, b)], "capacity": "5000000",
              "node1_policy": policy, "node2_policy": policy} for i, (a, b) in enumerate(ends)]
    listed = [{"last_update": now, "pub_key": key, "alias": f"node {i}", "addresses": [], "color": "#000000"}
              for i, key in enumerate(keys)]
    path.write_text(json.dumps({"nodes": listed, "edges": edges}))
    return keys


@functools.cache
def sample_nodes():
    """Public keys of the sample graph's nodes, those with most channels first."""
    import collections
    import json
    import lzma
    graph = json.loads(lzma.open(SAMPLE).read())
    counts = collections.Counter(end for edge in graph["edges"] for end in (edge["node1_pub"], edge["node2_pub"]))
    return [key for key, _ in counts.most_common()]
