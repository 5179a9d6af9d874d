"""The world on its first day: nodes, channels between them, and what everybody asks for carrying payments."""
from sandbox.world.model import BLOCK_SECONDS, CONFIRMATIONS, DAY, Channel, Node, Policy
from sandbox.world.names import alias

HALVING = (840_000, 1_713_571_767)  # a height and its time, from which heights are counted
LND, CLN = 1, 2  # the two operators' nodes; 0 is the greatest hub
UNANNOUNCED = (5, 11)  # nodes that only channels speak of
CHANNELS_EACH = 4
OPERATORS_CHANNELS = 12


def height_at(seconds):
    return HALVING[0] + (seconds - HALVING[1]) // BLOCK_SECONDS


def _addresses(chance, index):
    places = {"ipv4": ("ipv4", f"203.0.113.{index % 254 + 1}", 9735), "ipv6": ("ipv6", f"2001:db8::{index:x}", 9735),
              "torv3": ("torv3", "".join(chance.choices("abcdefghijklmnopqrstuvwxyz234567", k=56)) + ".onion", 9735)}
    kinds = chance.choice((("ipv4",), ("torv3",), ("ipv4", "torv3"), ("ipv4", "ipv6"), ("torv3",)))
    return [places[kind] for kind in kinds]


def make_nodes(world, count):
    chance = world.chance("nodes")
    made = []
    for index in range(count):
        pubkey = chance.public_key()
        software = {0: "lnd", LND: "lnd", CLN: "cln"}.get(index) or chance.choices(("lnd", "cln", "eclair"), (7, 2, 1))[0]
        hidden = index in UNANNOUNCED
        seen = world.begin_at - chance.randrange(30 * DAY, 1500 * DAY)
        made.append(Node(
            index, pubkey, "" if hidden else alias(chance, index), f"#{chance.getrandbits(24):06x}",
            [] if hidden else _addresses(chance, index), software, seen,
            0 if hidden else world.begin_at - chance.randrange(DAY), chance.randrange(20_000_000, 400_000_000),
            max(1, round(chance.near(120 if index > CLN else 40, 1.0))), online_since_at=world.begin_at))
    return made


def own_policy(chance, node, capacity_sat, seconds, disabled=False):
    """What a node asks for on a new channel."""
    ppm = round(chance.near(node.fee_ppm, 0.4))
    if chance.random() < 0.02:
        ppm = chance.choice((5_000, 20_000))  # nonsense that exists
    discounts = node.software == "lnd" and chance.random() < 0.3
    return Policy(base_msat=chance.choice((0, 0, 1000, 1000, 500)), ppm=ppm,
                  inbound_base_msat=-chance.choice((0, 200, 1000)) if discounts else 0,
                  inbound_ppm=-round(ppm * chance.random() * 0.8) if discounts else 0,
                  cltv=chance.choice((34, 40, 80, 144)), min_htlc_msat=chance.choice((1, 1000)),
                  max_htlc_msat=capacity_sat * 990, disabled=disabled, updated_at=seconds)


def make_channel(chance, funder, peer, capacity_sat, seconds, private, taken, pushed_msat=0):
    """A channel that was just funded, not confirmed. @param taken indexes that were given out, for unique channel ids"""
    nodes = tuple(sorted((funder, peer), key=lambda node: node.pubkey))
    opener = nodes.index(funder)
    balance = [0, 0]
    balance[opener], balance[1 - opener] = capacity_sat * 1000 - pushed_msat, pushed_msat
    tx_index = chance.randrange(1, 4000)
    while tx_index in taken:
        tx_index += 1
    taken.add(tx_index)
    channel = Channel(nodes, capacity_sat, balance, opener, chance.hash_hex(), chance.randrange(3), tx_index, private,
                      seconds, pushed_msat)
    for node in nodes:
        node.channels.append(channel)
    return channel


def draw_capacity(chance):
    return min(200_000_000, max(400_000, round(chance.near(3_000_000, 0.9) / 1000) * 1000))


def make_channels(world):
    """Newcomers prefer those who have many channels; the operators' nodes get some of each kind."""
    chance = world.chance("channels")
    pairs = []
    weights = [1] * len(world.nodes)
    for index in range(1, len(world.nodes)):
        wanted = OPERATORS_CHANNELS if index in (LND, CLN) else CHANNELS_EACH
        # the operators come early and would find few: those who come after them are their peers
        others = [i for i in range(len(world.nodes)) if i < index] if index not in (LND, CLN) else \
            [0] + list(range(CLN + 1, len(world.nodes)))
        peers = set()
        while len(peers) < min(wanted, len(others)):
            peers.add(chance.choices(others, [weights[i] for i in others])[0])
        for peer in sorted(peers):
            pairs.append((index, peer) if chance.random() < 0.5 else (peer, index))
            weights[index] += 1
            weights[peer] += 1
    pairs += [(LND, len(world.nodes) - 1), (CLN, len(world.nodes) - 2)]  # two private channels
    for number, (funder, peer) in enumerate(pairs):
        _old_channel(world, chance, world.nodes[funder], world.nodes[peer], number >= len(pairs) - 2)


def _old_channel(world, chance, funder, peer, private):
    capacity = draw_capacity(chance) * (3 if 0 in (funder.index, peer.index) else 1)
    age_blocks = chance.randrange(200, 60_000)
    seconds = world.begin_at - age_blocks * BLOCK_SECONDS
    # what earlier payments left on either side; nobody is below his reserve
    pushed_msat = round(capacity * 1000 * (0.04 + 0.9 * chance.random()))
    channel = make_channel(chance, funder, peer, capacity, seconds, private, world.taken_indexes, pushed_msat)
    channel.height = height_at(seconds) + 1
    channel.confirmed_at = seconds + BLOCK_SECONDS
    channel.ready_at = seconds + CONFIRMATIONS * BLOCK_SECONDS
    operators = {LND, CLN} & {funder.index, peer.index}
    for side, node in enumerate(channel.nodes):
        silent = not operators and chance.random() < 0.03  # an update of it was never seen
        if not silent:
            dead = not operators and chance.random() < 0.02
            updated = world.begin_at - chance.randrange(DAY)
            channel.set_policy(side, own_policy(chance, node, capacity, updated, dead))
    world.channels.append(channel)
