"""Whatever URL a user gives for their node, the service connects to nothing that only its own machine or network reaches."""
import socket
import threading
import unittest

from own_node_world import KEY, NODE, WithService

# Ways of writing this machine, and addresses that clouds keep secrets at. The service judges them before it connects.
ADDRESSES = ["127.0.0.1", "127.0.0.1.", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.1",
             "127.0.1", "0.0.0.0", "0", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
             "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "169.254.169.254", "[fd00:ec2::254]", "10.0.0.1", "192.168.1.1"]
# These it must look up, and judges at the connection.
NAMES = ["localhost", "LOCALHOST", "LocalHost.", "ip6-localhost", "ip6-loopback", socket.gethostname()]
# What one reader of URLs takes for this and another for that.
TRICKS = ["good.example@127.0.0.1:{port}", "u:p@127.0.0.1:{port}", "127.0.0.1:{port}#@good.example",
          "127.0.0.1:{port}?@good.example", "good.example\\@127.0.0.1:{port}", "127.0.0.1:{port}\\@good.example",
          "good.example:80:{port}", "127.0.0.1:{port}:443", "127%2e0%2e0%2e1:{port}", "%6cocalhost:{port}",
          "127\u30020\u30020\u30021:{port}", "\uff11\uff12\uff17.0.0.1:{port}", "\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de"
          "\u24e2\u24e3:{port}", "[fe80::1%25lo]:{port}", "/127.0.0.1:{port}", "127.0.0.1:{port}/../..",
          " 127.0.0.1:{port}", "127.0.0.1:{port}\r\nHost: x", "127.0.0.1\x00.good.example:{port}"]
OTHER_SCHEMES = ["http://127.0.0.1:{port}", "file:///etc/passwd", "gopher://127.0.0.1:{port}/x", "ftp://127.0.0.1:{port}",
                 "dict://127.0.0.1:{port}/x", "//127.0.0.1:{port}", "127.0.0.1:{port}", "unix:///run/x.sock"]


class Inside:
    """Something on this machine that nobody from outside may reach: counts who does, and hangs up."""

    def __init__(self):
        self.count = 0
        self.listening = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            self.count += 1
            connection.close()

    def close(self):
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()


@unittest.skipUnless(socket.has_dualstack_ipv6(), "this machine speaks no IPv6")
class NothingInsideIsReached(WithService):
    KEYS = f"MCP_SECRETS_KEY={KEY}\n"

    def setUp(self):
        super().setUp()
        self.inside = Inside()
        self.addCleanup(self.inside.close)

    def refused(self, url, user="alice"):
        """@return what the service says, having refused the URL"""
        status, answer = self.connect(user, "lnd", url=url)
        self.assertIn(status, (400, 403, 422), (url, answer))
        self.assertEqual(self.inside.count, 0, url)
        return answer

    def test_by_any_way_of_writing_its_address(self):
        for host in ADDRESSES:
            for scheme in ("https", "http"):
                answer = self.refused(f"{scheme}://{host}:{self.inside.port}")
                self.assertIn("MCP_NODE_ADDRESS_ALLOW", str(answer), host)
        self.assertEqual(self.ask("GET", NODE)[0], 404, "nothing is kept of it")

    def test_by_a_name(self):
        for number, name in enumerate(NAMES):
            user = f"user-{number}"  # nobody may try twice within seconds
            self.assertEqual(self.ask("PUT", "/api/v1/user/profile", {"language": "en"}, user)[0] // 100, 2)
            status, answer = self.connect(user, "lnd", url=f"https://{name}:{self.inside.port}")
            self.assertEqual(self.inside.count, 0, name)
            if status == 200:  # this machine does not know the name: a node that may come back
                self.assertEqual(answer["node"]["state"], "failing", name)
            else:
                self.assertEqual(status, 403, (name, answer))
                self.assertNotIn("127.0.0", str(answer), "nobody learns where an inner name leads")
            if name == "localhost":
                self.assertEqual(status, 403, answer)

    def test_by_tricks(self):
        for trick in TRICKS:
            self.refused("https://" + trick.format(port=self.inside.port))
        for url in OTHER_SCHEMES:
            self.refused(url.format(port=self.inside.port))

    def test_an_onion_needs_the_operators_proxy(self):
        self.assertIn("MCP_TOR_PROXY", str(self.refused("https://" + "a" * 56 + ".onion:8080")))


@unittest.skipUnless(socket.has_dualstack_ipv6(), "this machine speaks no IPv6")
class WhatTheOperatorAllowsIsReached(WithService):
    def test_so_the_tests_above_could_have_failed(self):
        inside = Inside()
        self.addCleanup(inside.close)
        for user, host in (("alice", "0x7f.1"), ("carol", "localhost")):
            before = inside.count
            status, answer = self.connect(user, "lnd", url=f"https://{host}:{inside.port}")
            self.assertEqual((status, answer["node"]["state"]), (200, "failing"), answer)
            self.assertGreater(inside.count, before, host)


if __name__ == "__main__":
    unittest.main()
