"""The net that all tests of this folder share, and what LND itself says of its graph."""
import atexit
import functools
import json
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path += [str(ROOT / "tests/support"), str(ROOT / "tests/e2e")]

from simnet.network import CHANNELS, DISABLED, POLICIES, Network  # noqa: E402

PROGRAMS = ROOT / "build/tools/simnet"
MISSING = ROOT / "build/tools/simnet.missing"

# Without Go there is no net; a net that does not come up is a failure.
needs_net = unittest.skipIf(MISSING.exists(), MISSING.read_text().strip() if MISSING.exists() else "")


@functools.cache
def network():
    """The net, started by the first test that asks for it and ended with the last test."""
    if not PROGRAMS.is_dir():
        raise FileNotFoundError(f"no {PROGRAMS}: ./dev test --nodes builds it, {PROGRAMS}.log tells what went wrong")
    folder = tempfile.TemporaryDirectory(prefix="mcp-api-nodes-")
    net = Network(PROGRAMS, folder.name)

    def end():
        net.down()
        folder.cleanup()
    atexit.register(end)
    return net.up()


def node(name):
    return network().nodes[name]


def scid(channel_id):
    """Block x transaction x output, from LND's number."""
    number = int(channel_id)
    return f"{number >> 40}x{number >> 16 & 0xffffff}x{number & 0xffff}"


def fee(policy):
    return {"base_msat": int(policy["fee_base_msat"]), "ppm": int(policy["fee_rate_milli_msat"]),
            "inbound_base_msat": policy["inbound_fee_base_msat"], "inbound_ppm": policy["inbound_fee_rate_milli_msat"]}


def channels_as_lnd_says(viewer, owner):
    """The owner's public channels in the viewer's graph, read by lncli; as the report writes them, by channel id."""
    graph = json.loads(node(viewer).lncli("describegraph"))
    aliases = {known["pub_key"]: known["alias"] for known in graph["nodes"]}
    key = node(owner).pubkey
    found = {}
    for edge in graph["edges"]:
        if key in (edge["node1_pub"], edge["node2_pub"]):
            own, other = ("1", "2") if edge["node1_pub"] == key else ("2", "1")
            own_policy, peer_policy = edge[f"node{own}_policy"], edge[f"node{other}_policy"]
            disabled = {(True, False): "own", (False, True): "peer", (True, True): "both", (False, False): None}
            found[scid(edge["channel_id"])] = {
                "peer_pubkey": edge[f"node{other}_pub"], "peer_alias": aliases[edge[f"node{other}_pub"]],
                "capacity_sats": int(edge["capacity"]), "own_fee": fee(own_policy), "peer_fee": fee(peer_policy),
                "disabled_by": disabled[own_policy["disabled"], peer_policy["disabled"]],
                "max_htlc_sats": int(own_policy["max_htlc_msat"]) // 1000}
    return found


def fees_as_they_were_set(owner):
    """The owner's fees by channel id, as the net was told to set them: nothing of LND's answers is in it."""
    return {scid(network().ids[channel]): {"base_msat": base, "ppm": ppm, "inbound_base_msat": inbound_base,
                                           "inbound_ppm": inbound_ppm}
            for (channel, name), (base, ppm, _, inbound_base, inbound_ppm) in POLICIES.items() if name == owner}


def check_channels(test, report, owner, viewer="dave"):
    """A report's channels are the announced ones, as LND itself tells of them, with the fees that were set."""
    own = {scid(network().ids[name]): capacity for name, capacity in CHANNELS.items() if owner in name.split("-")}
    told = {channel["channel_id"]: channel for channel in report["channels"]}
    test.assertEqual({channel_id: channel["capacity_sats"] for channel_id, channel in told.items()}, own)
    test.assertEqual({channel_id: channel["own_fee"] for channel_id, channel in told.items()},
                     fees_as_they_were_set(owner))
    disabled, by = DISABLED
    if owner in disabled.split("-"):
        side = "own" if owner == by else "peer"
        test.assertEqual(told[scid(network().ids[disabled])]["disabled_by"], side)
    for channel_id, as_lnd_says in channels_as_lnd_says(viewer, owner).items():
        test.assertEqual({key: told[channel_id][key] for key in as_lnd_says}, as_lnd_says)
    test.assertEqual(report["summary"]["channels_count"], len(own))
    test.assertEqual(report["metrics"]["capacity"]["total_sats"], sum(own.values()))
