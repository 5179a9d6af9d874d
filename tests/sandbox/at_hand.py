"""What the sandbox's tests share: one sandbox for those that only ask, clients, and where the recordings lie."""
import functools
import http.client
import json
import pathlib
import ssl
import sys
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared/data"
sys.path.insert(0, str(ROOT))

from sandbox.sandbox import Sandbox  # noqa: E402: the path had to come first
from sandbox.world.world import World  # noqa: E402

LIVE_AT = 1_795_630_000  # 2026-11-25T18:06:40Z
WITHOUT_RECORDINGS = f"{SHARED} is not there: nothing to compare with"


@functools.cache
def sandbox():
    """Of 24 nodes and 9 days, for the whole run; who sets a fault takes it away, and nobody moves its time."""
    return Sandbox(seed=5, nodes=24, days=9, live_at=LIVE_AT)


@functools.cache
def world():
    """A world without servers, that nobody changes."""
    return World(7, 24, 6, LIVE_AT)


class Client:
    """A keep-alive connection to one server."""

    def __init__(self, address, certificate=None, headers=None, timeout=10):
        url = urllib.parse.urlsplit(address)
        if url.scheme == "https":
            context = ssl.create_default_context(cafile=certificate)
            self.connection = http.client.HTTPSConnection(url.hostname, url.port, timeout=timeout, context=context)
        else:
            self.connection = http.client.HTTPConnection(url.hostname, url.port, timeout=timeout)
        self._headers = headers or {}

    def ask(self, target, body=None, method=None, headers=None):
        """@return (status, headers, body)"""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        self.connection.request(method or ("GET" if data is None else "POST"), target, data,
                                {"Content-Type": "application/json", **self._headers, **(headers or {})})
        answer = self.connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def json(self, target, body=None, status=200):
        found, _, text = self.ask(target, body)
        assert found == status, (found, text[:300])
        return json.loads(text)

    def close(self):
        self.connection.close()


def lnd(one=None, macaroon="monitor", **options):
    one = one or sandbox()
    text = pathlib.Path(one.macaroons[macaroon]).read_bytes().hex() if macaroon else None
    return Client(one.servers["lnd"].address, one.certificates["lnd"], {"Grpc-Metadata-macaroon": text} if text else {}, **options)


def cln(one=None, rune=None, **options):
    one = one or sandbox()
    return Client(one.servers["cln"].address, one.certificates["cln"], {"Rune": rune or one.rune}, **options)


def mempool(one=None, **options):
    return Client((one or sandbox()).servers["mempool"].address, headers={"Accept": "application/json"}, **options)


def amboss(one=None, **options):
    return Client((one or sandbox()).servers["amboss"].address, **options)


def recorded(path):
    return json.loads((SHARED / "recorded" / path).read_text())
