"""Every request that any server got, so that a test can count them and measure their spacing."""
import threading
import time

SECRET = ("authorization", "grpc-metadata-macaroon", "rune")
BODY_MAX = 20_000


class RequestLog:
    def __init__(self):
        self._lock = threading.Lock()
        self._entries = []
        self._began = time.monotonic()

    def begin(self, server, request):
        headers = {name: "(given)" if name in SECRET else value for name, value in request.headers.items()}
        entry = {"server": server, "at": round(time.monotonic() - self._began, 6), "connection": request.connection,
                 "method": request.method, "target": request.target, "headers": headers,
                 "body": request.body[:BODY_MAX].decode("utf-8", "replace"), "faults": [], "status": None, "seconds": None}
        with self._lock:
            self._entries.append(entry)
        return entry

    def end(self, entry, status):
        """@param status that was sent; None when the answer never went out whole"""
        with self._lock:
            entry["status"] = status
            entry["seconds"] = round(time.monotonic() - self._began - entry["at"], 6)

    def entries(self, server=None):
        with self._lock:
            return [dict(entry) for entry in self._entries if server in (None, entry["server"])]

    def clear(self):
        with self._lock:
            self._entries.clear()
