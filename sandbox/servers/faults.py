"""The faults: which there are, and which a server has just now."""
import re
import threading

# name -> what it does; options with their defaults. Those that only some servers know are below.
KNOWN = {
    "refuse": ("refuses connections", {}),
    "hang": ("takes the request and never answers", {}),
    "latency": ("answers late", {"ms": 200}),
    "drip": ("sends the body byte by byte", {"ms": 200}),
    "429": ("too many requests", {"retry_after": None}),
    "500": ("internal error", {}),
    "503": ("unavailable", {"retry_after": None}),
    "html": ("a web page with status 200, as a captive portal gives it", {}),
    "empty": ("status 200 and no body", {}),
    "truncated": ("half the body, of that length", {}),
    "cut": ("half the body, then the connection ends", {}),
    "huge": ("a body without end in sight, of so many MB", {"mb": 100}),
    "bomb": ("the same packed with gzip into a hundredth, where the client takes gzip", {"mb": 100}),
    "lies": ("negative, absurd, utf8, types, deep or duplicate: what the figures are turned into", {"kind": "negative"}),
    "clock": ("the server's clock is off by so many seconds", {"seconds": 3600}),
    "wrong_certificate": ("proves itself by another certificate; the plain servers' ports take TLS, too", {}),
    "expired_macaroon": ("every macaroon is out of date", {}),
    "locked": ("the wallet is locked", {}),
    "starting": ("the RPC server starts up", {}),
    "half_synced": ("just started: half of the channels and of the graph", {"chain": True}),
    "expired_rune": ("every rune was revoked", {}),
    "graphql_errors": ("status 200, errors, and no data, as for whom Amboss throttles", {}),
}
ONLY = {"expired_macaroon": {"lnd"}, "locked": {"lnd"}, "starting": {"lnd"}, "half_synced": {"lnd", "cln"},
        "expired_rune": {"cln"}, "graphql_errors": {"amboss"}}
LIES = ("negative", "absurd", "utf8", "types", "deep", "duplicate")
AT_CONNECTING = {"refuse", "wrong_certificate"}


class Fault:
    def __init__(self, server, spec):
        options = {"fault": spec} if isinstance(spec, (str, int)) else dict(spec)
        self.name = str(options.pop("fault", None))
        if self.name not in KNOWN or server not in ONLY.get(self.name, {server}):
            usable = sorted(name for name in KNOWN if server in ONLY.get(name, {server}))
            raise ValueError(f"{server} has no fault '{self.name}'; it has {', '.join(usable)}")
        self.times = options.pop("times", None)
        self.path = options.pop("path", None)
        self._path = re.compile(self.path) if self.path else None
        if self.name in AT_CONNECTING and (self.times or self.path):
            raise ValueError(f"'{self.name}' knows neither times nor path")
        unknown = set(options) - set(KNOWN[self.name][1])
        if unknown:
            raise ValueError(f"'{self.name}' has no option {', '.join(sorted(unknown))}")
        self.options = {**KNOWN[self.name][1], **options}
        if self.name == "lies" and self.options["kind"] not in LIES:
            raise ValueError(f"kinds of lies are {', '.join(LIES)}")

    def __getitem__(self, option):
        return self.options[option]

    def meets(self, target):
        return self.times != 0 and (self._path is None or self._path.search(target))

    def document(self):
        rest = {name: value for name, value in (("times", self.times), ("path", self.path)) if value is not None}
        return {"fault": self.name, **self.options, **rest}


class Faults:
    """Of one server. A change wakes whoever waits because of a fault."""

    def __init__(self, server):
        self._server = server
        self._lock = threading.Lock()
        self._active = []
        self.changed = threading.Event()

    def set(self, specs):
        """@param specs None or [], a name, {"fault": name, option: value, "times": n, "path": pattern}, or a list of them"""
        listed = [] if specs is None else specs if isinstance(specs, list) else [specs]
        fresh = [Fault(self._server, spec) for spec in listed]
        with self._lock:
            self._active = fresh
            changed, self.changed = self.changed, threading.Event()
        changed.set()

    def names(self):
        with self._lock:
            return {fault.name for fault in self._active}

    def take(self, target):
        """{name: fault} of those that meet a request for `target`; counted as met."""
        with self._lock:
            met = {}
            for fault in self._active:
                if fault.name not in met and fault.meets(target):
                    met[fault.name] = fault
                    if fault.times:
                        fault.times -= 1
            return met

    def document(self):
        with self._lock:
            return [fault.document() for fault in self._active]
