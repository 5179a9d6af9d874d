"""A net of its own for the tests that look into a node: payments are made, channels closed, nodes restarted."""
import atexit
import datetime
import functools
import json
import os
import pathlib
import re
import subprocess
import tempfile

from net import PROGRAMS, ROOT
from service import program
from simnet.network import Network
from simnet.payments import Payments, forwards
from simnet.program import wait_until

DAY = 86_400
# Through bob: what settles, by which channel of the payer, in msat.
PAYMENTS = [("alice", "carol", msat, "alice-bob") for msat in (1_000, 1_999, 1_234_567, 50_000_000, 99_999_999)]
PAYMENTS += [("carol", "alice", msat, "bob-carol") for msat in (1_001, 3_141_592, 88_888_888)]
PAYMENTS += [("alice", "dave", msat, "alice-bob") for msat in (77_777, 31_415_926)]
NOT_BY_BOB = [("bob", "carol", 6_543_210, "bob-carol"), ("alice", "bob", 2_222_222, "alice-bob")]


@functools.cache
def own_net():
    """The net with its payments made, and all of them told by the nodes between."""
    if not PROGRAMS.is_dir():
        raise FileNotFoundError(f"no {PROGRAMS}: ./dev test --nodes builds it, {PROGRAMS}.log tells what went wrong")
    folder = tempfile.TemporaryDirectory(prefix="mcp-api-own-node-")
    net = Network(PROGRAMS, folder.name)

    def end():
        net.down()
        folder.cleanup()
    atexit.register(end)
    net.up()
    payments = Payments(net)
    net.paid_on = today()
    for payer, payee, msat, out in PAYMENTS + NOT_BY_BOB:
        status = payments.pay(payer, payee, msat, out)["status"]
        if status != "SUCCEEDED":
            raise AssertionError(f"{payer} to {payee}, {msat} msat: {status}")
    if payments.pay("alice", "carol", 1_900_000_000, "alice-bob")["status"] == "SUCCEEDED":
        raise AssertionError("more was paid than alice has")
    bob = net.nodes["bob"]
    wait_until("bob's forwards", lambda: len(forwards(bob)) == len(PAYMENTS))
    wait_until("payments to end", lambda: not any(c["pending_htlcs"] for c in lncli(bob, "listchannels")["channels"]))
    return net


def today():
    return datetime.datetime.now(datetime.timezone.utc).date()


def lncli(node, *words):
    return json.loads(node.lncli(*words))


@functools.cache
def later_library():
    """Lets a program believe that it is tomorrow: what was paid today is then looked back at."""
    folder = tempfile.TemporaryDirectory(prefix="mcp-api-later-")
    atexit.register(folder.cleanup)
    library = pathlib.Path(folder.name) / "later.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, ROOT / "tests/support/later.c"], check=True)
    return library


@functools.cache
def tomorrow():
    """@return what the environment of such a program gains"""
    linked = subprocess.run(["ldd", program()], capture_output=True, text=True, check=True).stdout
    sanitizer = re.search(r"libasan\S* => (\S+)", linked)  # it must come first
    before = f"{sanitizer[1]}:" if sanitizer else ""
    return {"LD_PRELOAD": f"{before}{later_library()}", "MCP_LATER": str(DAY),
            "ASAN_OPTIONS": "detect_leaks=0"}  # of the shells that start under it as well


def keys_of(node, macaroon=None):
    """The words that let a command into a node."""
    return ["--node-url", node.url, "--macaroon", str(macaroon or node.readonly), "--tls-cert", str(node.certificate)]


def statement_of(folder, node, macaroon=None):
    """What an agent would send of the node tomorrow. @return the process that ended"""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8", **tomorrow()}
    return subprocess.run([program(), "agent", "--dry-run", *keys_of(node, macaroon)], cwd=folder, env=environment,
                          capture_output=True, text=True, timeout=120, check=False)
