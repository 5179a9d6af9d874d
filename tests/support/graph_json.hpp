#pragma once
#include "base/error.hpp"
#include "language/language.hpp"

#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <vector>

/// Hand-made describegraph texts for tests.
namespace mcp::test {

inline std::string error_text(const Error& error) {
    return language::render(error, language::Language::en);
}

/// A public key that tells its number, so that keys ascend with it.
inline std::string key_hex(std::uint32_t number) {
    return fmt::format("02{:064x}", number);
}

/// One entry of "edges"; each member is JSON text.
struct EdgeJson {
    std::string id = "\"1000\"";
    std::uint32_t node1 = 1;
    std::uint32_t node2 = 2;
    std::string last_update = "1700000000";
    std::string capacity = "\"1000000\"";
    std::string node1_policy = "null";
    std::string node2_policy = "null";

    [[nodiscard]] std::string text() const {
        return fmt::format(
            R"({{"channel_id":{},"chan_point":"ab:0","last_update":{},"node1_pub":"{}","node2_pub":"{}",)"
            R"("capacity":{},"node1_policy":{},"node2_policy":{}}})",
            id, last_update, key_hex(node1), key_hex(node2), capacity, node1_policy, node2_policy);
    }
};

/// A graph of these channels that lists the nodes 1 and 2.
inline std::string graph_json(const std::vector<EdgeJson>& edges) {
    std::string text =
        fmt::format(R"({{"nodes":[{{"pub_key":"{}","alias":"one"}},{{"pub_key":"{}","alias":"two"}}],"edges":[)",
                    key_hex(1), key_hex(2));
    for (const EdgeJson& edge : edges) {
        text += (&edge == edges.data() ? "" : ",") + edge.text();
    }
    return text + "]}";
}

} // namespace mcp::test
