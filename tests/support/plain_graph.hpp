#pragma once
#include "domain/network.hpp"

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

/// A `describegraph` file as the tests of the engine read it: the few fields that weigh arcs, taken on trust. It owes
/// nothing to the reader of the service, so neither can hide the other's faults.
namespace mcp::test {
namespace detail {

inline std::int64_t number(const boost::json::object& object, const char* key) {
    const boost::json::value* value = object.if_contains(key);
    if (value == nullptr || value->is_null()) {
        return 0;
    }
    return value->is_string() ? std::stoll(std::string(value->as_string())) : value->to_number<std::int64_t>();
}

inline std::optional<Msat> max_htlc(const boost::json::object& policy) {
    const boost::json::value* value = policy.if_contains("max_htlc_msat");
    if (value == nullptr || *value == boost::json::value("18446744073709551615")) {
        return std::nullopt;
    }
    return Msat{number(policy, "max_htlc_msat")};
}

inline std::optional<domain::Policy> policy(const boost::json::object& edge, const char* key) {
    const boost::json::value* value = edge.if_contains(key);
    if (value == nullptr || value->is_null()) {
        return std::nullopt;
    }
    const boost::json::object& object = value->as_object();
    const boost::json::value* disabled = object.if_contains("disabled");
    return domain::Policy{.base_fee = Msat{number(object, "fee_base_msat")},
                          .fee_rate = Ppm{number(object, "fee_rate_milli_msat")},
                          .inbound_base_fee = Msat{0},
                          .inbound_fee_rate = Ppm{0},
                          .min_htlc = Msat{number(object, "min_htlc")},
                          .max_htlc = max_htlc(object),
                          .updated = std::nullopt,
                          .cltv_delta = 0,
                          .disabled = disabled != nullptr && disabled->is_bool() && disabled->as_bool()};
}

} // namespace detail

/// @param path of plain JSON; throws when it is none
inline domain::Network read_plain_graph(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    const boost::json::value root = boost::json::parse(text.str());
    domain::Network network;
    std::unordered_map<std::string, domain::NodeId> ids;
    const auto id_of = [&](const boost::json::value& key) {
        const auto [found, is_new] = ids.emplace(key.as_string(), static_cast<domain::NodeId>(ids.size()));
        if (is_new) {
            network.nodes.push_back({.key = domain::PubKey::parse(found->first).value(), .alias = {}, .updated = {}});
        }
        return found->second;
    };
    for (const boost::json::value& node : root.at("nodes").as_array()) {
        id_of(node.at("pub_key"));
    }
    for (const boost::json::value& value : root.at("edges").as_array()) {
        const boost::json::object& edge = value.as_object();
        domain::Channel channel;
        channel.id.value = network.channels.size();
        channel.node[0] = id_of(edge.at("node1_pub"));
        channel.node[1] = id_of(edge.at("node2_pub"));
        if (const std::int64_t capacity = detail::number(edge, "capacity"); capacity > 0) {
            channel.capacity = Sat{capacity};
        }
        channel.policy[0] = detail::policy(edge, "node1_policy");
        channel.policy[1] = detail::policy(edge, "node2_policy");
        network.channels.push_back(std::move(channel));
    }
    network.index();
    return network;
}

} // namespace mcp::test
