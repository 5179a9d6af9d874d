#pragma once
#include "domain/network.hpp"
#include "tests/support/graph_json.hpp"

#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <vector>

/// Answers of Core Lightning for tests: hand-made ones, and those that it would give of a whole network.
namespace mcp::test {

/// One row of "channels"; each member is JSON text, an empty one is left out.
struct RowJson {
    std::uint32_t source = 1;
    std::uint32_t destination = 2;
    std::string id = "\"700000x1x0\"";
    std::string direction = "0";
    std::string is_public = "true";
    std::string amount = "1000000000";
    std::string flags = "0";
    std::string active = "true";
    std::string last_update = "1700000000";
    std::string base = "1000";
    std::string rate = "250";
    std::string delay = "40";
    std::string min = "1000";
    std::string max = "990000000";

    [[nodiscard]] std::string text() const {
        std::string row = fmt::format(R"({{"source":"{}","destination":"{}")", key_hex(source), key_hex(destination));
        const auto add = [&](const char* name, const std::string& value) {
            row += value.empty() ? "" : fmt::format(",\"{}\":{}", name, value);
        };
        add("short_channel_id", id);
        add("direction", direction);
        add("public", is_public);
        add("amount_msat", amount);
        add("message_flags", "1");
        add("channel_flags", flags);
        add("active", active);
        add("last_update", last_update);
        add("base_fee_millisatoshi", base);
        add("fee_per_millionth", rate);
        add("delay", delay);
        add("htlc_minimum_msat", min);
        add("htlc_maximum_msat", max);
        add("features", "\"\"");
        return row + "}";
    }
};

inline std::string listchannels(const std::vector<RowJson>& rows) {
    std::string text;
    for (const RowJson& row : rows) {
        text += (text.empty() ? "" : ",\n ") + row.text();
    }
    return "{\"channels\":[" + text + "]}\n";
}

/// Node 1 with both kinds of addresses, node 2 with none.
inline std::string listnodes() {
    return fmt::format(R"({{
   "nodes": [
      {{"nodeid": "{}", "alias": "one", "color": "03cecb", "last_timestamp": 1700000000, "features": "8088",
        "addresses": [{{"type": "torv3", "address": "abc.onion", "port": 9735}},
                      {{"type": "ipv6", "address": "2001:db8::1", "port": 9735}}]}},
      {{"nodeid": "{}", "alias": "two", "last_timestamp": 1700000001, "addresses": []}}
   ]
}}
)",
                       key_hex(1), key_hex(2));
}

/// What listnodes would answer; aliases must need no escape.
inline std::string listnodes_of(const domain::Network& network) {
    std::string text;
    for (const domain::Node& node : network.nodes) {
        if (!node.listed) {
            continue;
        }
        std::string addresses;
        const auto add = [&](std::string_view host, std::string_view port) {
            addresses += fmt::format(R"({}{{"address":"{}","port":{}}})", addresses.empty() ? "" : ",", host, port);
        };
        if (const std::size_t colon = node.address.rfind(':'); colon != std::string::npos) {
            add(node.address.substr(0, colon), node.address.substr(colon + 1));
        }
        const bool is_onion = node.address.find(".onion") != std::string::npos;
        if (node.has_tor && !is_onion) {
            add("other.onion", "1");
        }
        text += fmt::format(
            R"({}{{"nodeid":"{}","alias":"{}",{}"addresses":[{}]}})", text.empty() ? "" : ",\n", node.key.hex(),
            node.alias,
            node.updated ? fmt::format(R"("last_timestamp":{},)", node.updated->time_since_epoch().count()) : "",
            addresses);
    }
    return "{\"nodes\":[" + text + "]}";
}

/// What listchannels would answer: a row for each policy, so nothing of a channel that has none.
inline std::string listchannels_of(const domain::Network& network) {
    std::string text;
    for (const domain::Channel& channel : network.channels) {
        for (const int side : {0, 1}) {
            const std::optional<domain::Policy>& policy = channel.policy[side];
            if (!policy) {
                continue;
            }
            const auto msat = [](const std::optional<Msat>& amount) {
                return amount ? fmt::format(R"(,"htlc_maximum_msat":{})", amount->value) : "";
            };
            text += fmt::format(
                R"({}{{"source":"{}","destination":"{}","short_channel_id":"{}","direction":{},"public":true,)"
                R"("amount_msat":{},"channel_flags":{},"active":{},"last_update":{},"base_fee_millisatoshi":{},)"
                R"("fee_per_millionth":{},"delay":{},"htlc_minimum_msat":{}{}}})",
                text.empty() ? "" : ",\n", network.nodes[channel.node[side]].key.hex(),
                network.nodes[channel.node[1 - side]].key.hex(), channel.id.text(), side,
                channel.capacity ? channel.capacity->value * 1000 : 0, side | (policy->disabled ? 2 : 0),
                !policy->disabled, policy->updated ? policy->updated->time_since_epoch().count() : 0,
                policy->base_fee.value, policy->fee_rate.value, policy->cltv_delta, policy->min_htlc.value,
                msat(policy->max_htlc));
        }
    }
    return "{\"channels\":[" + text + "]}";
}

} // namespace mcp::test
