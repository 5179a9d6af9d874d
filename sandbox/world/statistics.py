"""What the world knows of itself at a midnight: rows as explorers keep them."""
import statistics


def public_policies(channels):
    return [policy for channel in channels for policy in channel.policy if policy]


def ranks(values):
    """{key: rank from 1}, the greatest first, ties in order of key."""
    return {key: rank for rank, (key, _) in enumerate(sorted(values.items(), key=lambda pair: (-pair[1], pair[0])), 1)}


def of_nodes(world):
    """pubkey -> (capacity in sat, channels), public ones."""
    found = {}
    for channel in world.public_channels():
        for node in channel.nodes:
            capacity, count = found.get(node.pubkey, (0, 0))
            found[node.pubkey] = (capacity + channel.capacity_sat, count + 1)
    return found


def network_row(world, number):
    """The row that an explorer writes at midnight. Fees of 5000 or more are left out of its means, as the original does."""
    channels = world.public_channels()
    known = {node for channel in channels for node in channel.nodes}
    kinds = [frozenset("tor" if kind == "torv3" else "clear" for kind, _, _ in node.addresses) for node in known]
    policies = public_policies(channels)
    rates = [policy.ppm for policy in policies if policy.ppm < 5000]
    bases = [policy.base_msat for policy in policies if policy.base_msat < 5000]
    capacities = [channel.capacity_sat for channel in channels]
    edges = max(1, len(channels))
    return {"id": number, "at": world.now_at, "channel_count": len(channels), "node_count": len(known),
            "total_capacity": sum(capacities), "tor_nodes": kinds.count({"tor"}), "clearnet_nodes": kinds.count({"clear"}),
            "unannounced_nodes": kinds.count(frozenset()), "avg_capacity": sum(capacities) // edges,
            "avg_fee_rate": sum(rates) // edges, "avg_base_fee_mtokens": sum(bases) // edges,
            "med_capacity": int(statistics.median_low(capacities)), "med_fee_rate": int(statistics.median_low(rates)),
            "med_base_fee_mtokens": int(statistics.median_low(bases)),
            "clearnet_tor_nodes": kinds.count({"tor", "clear"})}
