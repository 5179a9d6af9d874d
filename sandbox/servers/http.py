"""One HTTP/1.1 server: keep-alive, a thread a connection, TLS where wanted, and the faults that it has just now."""
import email.utils
import gzip
import itertools
import json
import select
import socket
import threading
import urllib.parse
import zlib

from sandbox.servers import lying
from sandbox.servers.faults import AT_CONNECTING, Faults

HEADERS_MAX = 64 * 1024
BODY_MAX = 16 * 1024 * 1024
IDLE_SECONDS = 300
REASONS = {200: "OK", 201: "Created", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
           405: "Method Not Allowed", 406: "Not Acceptable", 429: "Too Many Requests", 500: "Internal Server Error",
           501: "Not Implemented", 503: "Service Unavailable"}
PLAIN_ON_TLS = b"HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"
PAGE = (b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
        b"<p>{\"not\": \"json\"}</p></body></html>")


class Request:
    """`path` and `query` are decoded; `now_at` is what the server's clock says, `shift` how far that is off."""

    def __init__(self, method, target, headers, body, connection):
        self.method, self.target, self.headers, self.body, self.connection = method, target, headers, body, connection
        split = urllib.parse.urlsplit(target)
        self.path = urllib.parse.unquote(split.path)
        self.query = dict(urllib.parse.parse_qsl(split.query, keep_blank_values=True))
        self.faults = {}
        self.shift = 0


class Answer:
    def __init__(self, status, body=b"", content_type="application/json", headers=()):
        self.status, self.content_type, self.headers = status, content_type, list(headers)
        self.body = body if isinstance(body, bytes) else str(body).encode()


def json_answer(document, status=200, headers=(), content_type="application/json"):
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return Answer(status, body, content_type, headers)


class Gone(Exception):
    """The client has left, or is to be left."""


class Server:
    """Subclasses have a `name`, and `handle(request)`, which is called with the world's lock held.

    @param certificates Certificates
    """

    name = None
    tls = False  # demanded
    packs = False  # gzip, where the client takes it

    def __init__(self, world, lock, log, certificates, port=0):
        self.world, self.lock, self.log, self.certificates = world, lock, log, certificates
        self.faults = Faults(self.name)
        self._connections = {}
        self._numbers = itertools.count(1)
        self._guard = threading.Lock()
        self._stopping = threading.Event()
        self._listens = threading.Event()
        self._socket, self.port = _bound(port)
        self._thread = threading.Thread(target=self._accept_all, daemon=True)

    @property
    def address(self):
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    # life

    def start(self):
        self._listen()
        self._thread.start()

    def stop(self):
        self._stopping.set()
        self.faults.set(None)
        self._listens.set()
        self._stop_listening()
        self._socket.close()
        self._leave_all()

    def set_faults(self, specs):
        self.faults.set(specs)
        names = self.faults.names()
        if names & AT_CONNECTING:
            self._leave_all()  # or a connection from before would know nothing of it
        if "refuse" in names:
            self._stop_listening()
        elif not self._listens.is_set():
            self._listen()

    def _listen(self):
        self._socket.listen(128)
        self._listens.set()

    def _stop_listening(self):
        if not self._stopping.is_set():
            self._listens.clear()
        try:
            self._socket.shutdown(socket.SHUT_RDWR)  # Linux: no longer listens, and keeps its port
        except OSError:
            pass

    def _leave_all(self):
        with self._guard:
            connections = list(self._connections.values())
        for connection in connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _accept_all(self):
        while not self._stopping.is_set():
            self._listens.wait()
            try:
                connection, _ = self._socket.accept()
            except OSError:
                continue
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=(connection, next(self._numbers)), daemon=True).start()

    # one connection

    def _serve(self, connection, number):
        with self._guard:
            self._connections[number] = connection
        connection.settimeout(IDLE_SECONDS)
        stream = connection
        try:
            stream = self._secured(connection)
            incoming = stream.makefile("rb")
            while not self._stopping.is_set() and self._serve_one(stream, incoming, number):
                pass
        except (Gone, OSError, ValueError):
            pass
        finally:
            with self._guard:
                self._connections.pop(number, None)
            stream.close()

    def _secured(self, connection):
        """TLS where the client begins with it: a plain server's port takes that, too, and is never trusted."""
        begins_tls = connection.recv(1, socket.MSG_PEEK)[:1] == b"\x16"
        if not begins_tls:
            if self.tls:
                connection.recv(HEADERS_MAX)  # closing with the request unread would reset the connection
                connection.sendall(PLAIN_ON_TLS)
                raise Gone
            return connection
        own = self.tls and "wrong_certificate" not in self.faults.names()
        context = self.certificates.context(self.name if own else "stranger")
        return context.wrap_socket(connection, server_side=True)

    def _serve_one(self, stream, incoming, number):
        """@return whether the connection stays"""
        request = read_request(incoming, stream, number)
        if request is None:
            return False
        entry = self.log.begin(self.name, request)
        met = request.faults = self.faults.take(request.target)
        entry["faults"] = sorted(met)
        request.shift = met["clock"]["seconds"] if "clock" in met else 0
        status = None
        try:
            if "latency" in met:
                self._wait(met["latency"]["ms"] / 1000, stream)
            if "hang" in met:
                self._wait(None, stream)
                raise Gone
            answer = self._faulty_answer(request)
            self._send(stream, request, answer)
            status = answer.status
        finally:
            self.log.end(entry, status)
        return "cut" not in met and request.headers.get("connection", "").lower() != "close"

    def _wait(self, seconds, stream):
        """Until the time is over or the faults change; Gone when the server stops or the client leaves."""
        changed = self.faults.changed
        while seconds is None or seconds > 0:
            step = 0.1 if seconds is None else min(0.1, seconds)
            if changed.wait(step):
                break
            seconds = None if seconds is None else seconds - step
            if self._has_left(stream):
                raise Gone
        if self._stopping.is_set():
            raise Gone

    @staticmethod
    def _has_left(stream):
        # asked of the socket itself, also below TLS; and never waited for, which recv with a timeout would do
        return bool(select.select([stream], [], [], 0)[0]) and socket.socket.recv(stream, 1, socket.MSG_PEEK) == b""

    # answers

    def _faulty_answer(self, request):
        met = request.faults
        for name in ("429", "500", "503"):
            if name in met:
                again = met[name].options.get("retry_after")
                return self.error_answer(int(name), [] if again is None else [("Retry-After", str(again))])
        if "html" in met:
            return Answer(200, PAGE, "text/html; charset=utf-8")
        if "empty" in met:
            return Answer(200)
        with self.lock:
            answer = self.handle(request)
        if "lies" in met:
            answer.body = lying.told(answer.body, met["lies"]["kind"])
        if "truncated" in met:
            answer.body = answer.body[:len(answer.body) // 2]
        return answer

    def error_answer(self, status, headers):
        """What stands before the original when it has too much to do, or is broken."""
        return Answer(status, f"<html><head><title>{status} {REASONS[status]}</title></head></html>", "text/html", headers)

    def handle(self, request):
        raise NotImplementedError

    def _send(self, stream, request, answer):
        met = request.faults
        if "huge" in met or "bomb" in met:
            self._send_huge(stream, request, answer)
            return
        headers = [("Content-Type", answer.content_type)] + answer.headers
        body = answer.body
        if self.packs and len(body) > 500 and "gzip" in request.headers.get("accept-encoding", ""):
            body = gzip.compress(body, 5, mtime=0)
            headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
        head = self._head(request, answer.status, headers + [("Content-Length", str(len(body)))])
        if request.method == "HEAD":
            body = b""
        if "cut" in met:
            stream.sendall(head + body[:len(body) // 2])
        elif "drip" in met:
            stream.sendall(head)
            for i in range(len(body)):
                self._wait(met["drip"]["ms"] / 1000, stream)
                stream.sendall(body[i:i + 1])
        else:
            stream.sendall(head + body)

    def _head(self, request, status, headers):
        # the real clock's date is not the world's: what the answers say is dated by the world
        date = email.utils.formatdate(self.world.now_at + request.shift, usegmt=True)
        lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Unknown')}", f"Date: {date}"]
        lines += [f"{name}: {value}" for name, value in headers]
        return "\r\n".join(lines + ["", ""]).encode()

    def _send_huge(self, stream, request, answer):
        """One JSON string without end in sight, chunked, so that no length warns of it."""
        packed = "bomb" in request.faults and "gzip" in request.headers.get("accept-encoding", "")
        megabytes = request.faults["bomb" if "bomb" in request.faults else "huge"]["mb"]
        packer = zlib.compressobj(9, zlib.DEFLATED, 31) if packed else None
        headers = [("Content-Type", answer.content_type), ("Transfer-Encoding", "chunked")]
        stream.sendall(self._head(request, answer.status, headers + ([("Content-Encoding", "gzip")] if packed else [])))
        pieces = itertools.chain([b'{"alias":"'], itertools.repeat(b"a" * (1 << 20), megabytes), [b'"}'])
        for piece in pieces:
            data = packer.compress(piece) if packer else piece
            if data:
                stream.sendall(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        rest = packer.flush() if packer else b""
        stream.sendall((f"{len(rest):x}\r\n".encode() + rest + b"\r\n" if rest else b"") + b"0\r\n\r\n")


def _bound(port):
    """A socket and its port. Bound by number in any case: only such a socket keeps its port when it stops listening."""
    first = socket.socket()
    first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    first.bind(("127.0.0.1", port))
    if port:
        return first, port
    chosen = first.getsockname()[1]
    second = socket.socket()
    second.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    second.bind(("127.0.0.1", chosen))
    first.close()
    return second, chosen


def read_request(incoming, stream, connection):
    """The next request of a connection, or None at its end. ValueError for what is none."""
    line = incoming.readline(HEADERS_MAX).decode("latin-1").strip()
    if not line:
        return None
    method, target, _ = line.split(" ")
    headers, read = {}, 0
    while True:
        line = incoming.readline(HEADERS_MAX).decode("latin-1").strip()
        read += len(line)
        if not line:
            break
        if read > HEADERS_MAX:
            raise ValueError("headers without end")
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    length = int(headers.get("content-length", "0"))
    if not 0 <= length <= BODY_MAX:
        raise ValueError("a body that long is not taken")
    if headers.get("expect", "").lower() == "100-continue":
        stream.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    return Request(method, target, headers, incoming.read(length) if length else b"", connection)
