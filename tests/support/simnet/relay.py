"""A wire to a node that is cut in the middle of an answer."""
import select
import socket
import threading


class Relay:
    """Passes the bytes of one connection at a time both ways, unread: TLS stays between the two ends."""

    def __init__(self, target):
        """@param target "address:port" """
        self._target = target.rpartition(":")
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._server.getsockname()[1]}"
        self.bytes_back = 0  # of the last connection, from the node
        self.cuts = 0
        self._bytes_max = None
        self._at_cut = None
        threading.Thread(target=self._serve, daemon=True).start()

    def cut_after(self, bytes_max, then=lambda: None):
        """When so many bytes have come back over one connection, `then` is called and the wire is cut."""
        self._bytes_max, self._at_cut = bytes_max, then

    def close(self):
        self._server.close()

    def _serve(self):
        while True:
            try:
                client = self._server.accept()[0]
            except OSError:
                return  # closed
            with client:
                try:
                    with socket.create_connection((self._target[0], int(self._target[2]))) as node:
                        self._pass(client, node)
                except OSError:
                    pass  # an end went away, as ends do

    def _pass(self, client, node):
        self.bytes_back = 0
        while True:
            for source in select.select([client, node], [], [])[0]:
                data = source.recv(256 if self._bytes_max else 65536)
                if source is node:
                    self.bytes_back += len(data)
                    if self._bytes_max and self.bytes_back >= self._bytes_max:
                        self.cuts += 1
                        self._at_cut()
                        return
                if not data:
                    return
                (node if source is client else client).sendall(data)
