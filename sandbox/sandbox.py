"""The whole of it in one process: a world, the servers that speak about it, and the switch for faults and time."""
import datetime
import hashlib
import pathlib
import tempfile
import threading
import time

from sandbox.servers import macaroons, runes
from sandbox.servers.amboss import Amboss
from sandbox.servers.certificates import Certificates
from sandbox.servers.cln import Cln, RESTRICTIONS
from sandbox.servers.control import Control
from sandbox.servers.lnd import Lnd
from sandbox.servers.mempool import Mempool
from sandbox.servers.request_log import RequestLog
from sandbox.servers.rgs import Rgs
from sandbox.world.model import NS
from sandbox.world.world import PAYMENTS_A_DAY, World

TICK_SECONDS = 0.05


class Clock:
    """Moves the world: by request, or `factor` times as fast as real time. 0: it stands still."""

    def __init__(self, world, lock, factor):
        self._world, self._lock = world, lock
        self.factor = 0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.set_factor(factor)
        self._thread.start()

    def set_factor(self, factor):
        if not isinstance(factor, (int, float)) or not 0 <= factor <= 1_000_000:
            raise ValueError("the factor is a number from 0 to 1000000")
        self.factor = factor

    def advance(self, ns):
        with self._lock:
            self._world.advance_to(self._world.now_ns + ns)

    def _run(self):
        last = time.monotonic_ns()
        while not self._stopping.wait(TICK_SECONDS):
            now = time.monotonic_ns()
            if self.factor:
                self.advance(round((now - last) * self.factor))
            last = now

    def stop(self):
        self._stopping.set()
        self._thread.join()


class Sandbox:
    """Serves from the end of the constructor to close(); a context manager.

    @param live_at UTC seconds at which the world goes live; None: now
    @param folder for certificates and macaroons; None: a temporary one
    @param faults as for set_faults
    """

    def __init__(self, seed=1, nodes=60, days=10, live_at=None, factor=0, folder=None, faults=None,
                 payments_a_day=PAYMENTS_A_DAY):
        self._home = tempfile.TemporaryDirectory(prefix="sandbox-") if folder is None else None
        self.folder = pathlib.Path(folder or self._home.name)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.world = World(seed, nodes, days, time.time() if live_at is None else live_at, payments_a_day)
        self.lock = threading.RLock()
        self.log = RequestLog()
        certificates = Certificates(self.folder)
        common = (self.world, self.lock, self.log, certificates)
        root_key, secret = (hashlib.sha256(f"{seed}/{name}".encode()).digest() for name in ("macaroon", "rune"))
        self.servers = {server.name: server for server in (
            Mempool(*common), Amboss(*common), Lnd(root_key, *common), Cln(secret[:16], *common), Rgs(*common))}
        self.control = Control(self, *common)
        self.certificates = {name: str(certificates.file(name)) for name in ("lnd", "cln", "stranger")}
        self.macaroons = self._bake(root_key)
        self.rune = runes.make(secret[:16], 1, RESTRICTIONS)
        self.strong_rune = runes.make(secret[:16], 0, [])
        self.clock = Clock(self.world, self.lock, factor)
        self.set_faults(faults or {})
        for server in (*self.servers.values(), self.control):
            server.start()
        self.set_faults(faults or {})  # what concerns connecting takes hold of one that listens

    def _bake(self, root_key):
        baked = {"monitor": macaroons.bake(root_key, macaroons.READS), "uri": macaroons.bake(root_key, macaroons.BY_CALL),
                 "weak": macaroons.bake(root_key, {"info": ["read"]}), "admin": macaroons.bake(root_key, macaroons.ALL),
                 "expired": macaroons.bake(root_key, macaroons.READS, self.world.begin_at),
                 "foreign": macaroons.bake(bytes(32), macaroons.READS)}
        files = {}
        for name, data in baked.items():
            file = self.folder / f"{name}.macaroon"
            file.write_bytes(data)
            files[name] = str(file)
        return files

    def set_faults(self, by_server):
        """@param by_server {server or "all": what Faults.set takes}; servers that are not named keep theirs"""
        wanted = dict(by_server)
        if "all" in wanted:
            everywhere = wanted.pop("all")
            wanted = {name: wanted.get(name, everywhere) for name in self.servers}
        for name in wanted:
            if name not in self.servers:
                raise ValueError(f"no server '{name}'; there are {', '.join(self.servers)}")
        for name, specs in wanted.items():
            self.servers[name].set_faults(specs)

    def document(self):
        """What a client needs to know."""
        world = self.world
        twins = [node.pubkey for node in world.nodes if node.alias == "Twin"]
        quiet = next(node.pubkey for node in world.nodes if not node.announced_at)
        return {"servers": {name: server.address for name, server in self.servers.items()},
                "mempool": self.servers["mempool"].address + "/api/v1", "amboss": self.servers["amboss"].address + "/graphql",
                "lnd": self.servers["lnd"].address, "cln": self.servers["cln"].address,
                "rgs": self.servers["rgs"].address + "/snapshot", "control": self.control.address + "/_sandbox",
                "certificates": self.certificates, "macaroons": self.macaroons, "rune": self.rune,
                "strong_rune": self.strong_rune,
                "nodes": {"lnd": world.lnd.pubkey, "cln": world.cln.pubkey, "hub": world.nodes[0].pubkey, "twins": twins,
                          "unannounced": quiet, "unknown": "02" + "11" * 32},
                "seed": world.seed, "began": world.begin_at, "now": world.now_at,
                "day": datetime.datetime.fromtimestamp(world.now_at, datetime.timezone.utc).strftime("%Y-%m-%d")}

    def close(self):
        for server in (*self.servers.values(), self.control):
            server.stop()
        self.clock.stop()
        if self._home:
            self._home.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
