"""What can be wrong between mcp-api and an LND, each made on the real one and mended again."""
import contextlib
import signal
import socket

from net import network, node
from simnet.program import SimnetError, wait_until
from simnet.relay import Relay

BYTES_BESIDE_THE_GRAPH = 800  # fewer than those of TLS alone, so that the cut falls into the graph


def keys_of(lnd, url=None, macaroon=None, certificate=None):
    """The settings of mcp-api for a node."""
    return {"MCP_LND_REST_URL": url or lnd.url, "MCP_LND_MACAROON_FILE": macaroon or lnd.readonly,
            "MCP_LND_TLS_CERT_FILE": certificate or lnd.certificate}


def refusal(lnd, macaroon="admin"):
    """How the node itself refuses to give its graph, or nothing when it does give it."""
    try:
        lnd.get("/v1/graph", macaroon)
    except (SimnetError, OSError) as error:
        return str(error)
    return None


@contextlib.contextmanager
def the_certificate_of_another():
    yield keys_of(node("dave"), certificate=node("alice").certificate)


@contextlib.contextmanager
def no_certificate():
    keys = keys_of(node("dave"))
    del keys["MCP_LND_TLS_CERT_FILE"]
    yield keys


@contextlib.contextmanager
def no_macaroon():
    keys = keys_of(node("dave"))
    del keys["MCP_LND_MACAROON_FILE"]
    yield keys


@contextlib.contextmanager
def the_macaroon_of_another():
    yield keys_of(node("dave"), macaroon=node("alice").readonly)


@contextlib.contextmanager
def an_expired_macaroon():
    lnd = node("dave")
    macaroon = lnd.bake("expired", "--timeout=1", "info:read")
    wait_until("the macaroon to expire", lambda: "expired" in (refusal(lnd, macaroon) or ""), 10)
    yield keys_of(lnd, macaroon=macaroon)


@contextlib.contextmanager
def a_macaroon_of_another_address():
    yield keys_of(node("dave"), macaroon=node("dave").bake("elsewhere", "--ip_address=127.0.0.9", "info:read"))


@contextlib.contextmanager
def a_macaroon_without_the_right():
    yield keys_of(node("dave"), macaroon=node("dave").bake("weak", "onchain:read"))


@contextlib.contextmanager
def _mended(lnd):
    """Whatever is done to the node meanwhile: afterwards it runs again and knows the whole graph."""
    try:
        yield
    finally:
        lnd.program.kill()
        lnd.start()
        lnd.wait_active()
        network().wait_graph()


@contextlib.contextmanager
def a_locked_wallet():
    lnd = node("dave")
    with _mended(lnd):
        lnd.program.stop()
        lnd.start(locked=True)
        lnd.wait_for("LOCKED")
        yield keys_of(lnd)


@contextlib.contextmanager
def a_node_that_is_starting():
    """It waits for its chain server, which takes the connection and says nothing."""
    lnd = node("dave")
    with _mended(lnd), socket.create_server(("127.0.0.1", 0)) as silent:
        lnd.program.stop()
        lnd.start(chain_address=f"127.0.0.1:{silent.getsockname()[1]}")
        wait_until("dave to be starting", lambda: "starting" in (refusal(lnd) or ""), programs=[lnd.program])
        yield keys_of(lnd)


@contextlib.contextmanager
def a_node_that_is_not_synchronised():
    """It serves, and has heard of the network from nobody since its start: its peers say nothing."""
    lnd, peers = node("dave"), (node("bob"), node("carol"))
    with _mended(lnd):
        lnd.program.stop()
        for peer in peers:
            peer.program.signal(signal.SIGSTOP)
        try:
            lnd.start()
            lnd.wait_active()
            if lnd.ask("GET", "/v1/getinfo")["synced_to_graph"]:
                raise AssertionError("it has heard of the network after all")
            yield keys_of(lnd)
        finally:
            for peer in peers:
                peer.program.signal(signal.SIGCONT)


@contextlib.contextmanager
def a_closed_port():
    lnd = node("dave")
    with _mended(lnd):
        lnd.program.stop()
        yield keys_of(lnd)


@contextlib.contextmanager
def a_node_that_hangs():
    """The kernel still takes connections for it; it never answers."""
    lnd = node("dave")
    with _mended(lnd):
        lnd.program.signal(signal.SIGSTOP)
        yield keys_of(lnd)


@contextlib.contextmanager
def a_node_killed_in_the_middle():
    """While its answer is on the way: the first part arrives."""
    lnd = node("dave")
    relay = Relay(lnd.rest)
    with _mended(lnd), contextlib.closing(relay):
        relay.cut_after(len(lnd.get("/v1/graph")) + BYTES_BESIDE_THE_GRAPH, lnd.program.kill)
        yield keys_of(lnd, url=f"https://{relay.address}")
        if not relay.cuts:
            raise AssertionError(f"the wire was not cut: {relay.bytes_back} bytes came")
