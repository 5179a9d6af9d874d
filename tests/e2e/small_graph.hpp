#pragma once
#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <utility>
#include <vector>

namespace mcp::e2e {

constexpr std::int64_t kToday = 1'761'300'000; ///< 24 October 2025, 10:00 UTC
constexpr std::int64_t kOneDay = 86'400;

/// The public key of a node of SmallGraph; its first 8 digits fit no other.
inline std::string key(int number) {
    return fmt::format("02{:06x}{:058x}", number, 0);
}

/// One day of a network of six nodes, as `lncli describegraph` prints it: 1 "hub" with a channel to every other: 2
/// "Alice", 3 "Bob", 4 "Carol", 5 "twin" and 6 "twin"; two more join 2 to 3 and 3 to 4. All hold 1,000,000 sat.
struct SmallGraph {
    std::int64_t updated = kToday; ///< by every policy; 0: the graph tells no date
    int hub_to_alice_ppm = 100;    ///< all others ask 100 too, the second side of each channel 50
    bool with_carol = true;        ///< whether the channel from 1 to 4 is there
    std::string more_edges = {};   ///< JSON, beginning with a comma

    [[nodiscard]] std::string text() const {
        std::string nodes;
        int number = 1;
        for (const char* alias : {"hub", "Alice", "Bob", "Carol", "twin", "twin"}) {
            nodes += fmt::format(R"({}{{"pub_key":"{}","alias":"{}"}})", number == 1 ? "" : ",", key(number), alias);
            ++number;
        }
        return fmt::format(R"({{"nodes":[{}],"edges":[{}{}]}})", nodes, edges(), more_edges);
    }

private:
    [[nodiscard]] std::string policy(int ppm) const {
        return fmt::format(R"({{"time_lock_delta":40,"min_htlc":"1000","fee_base_msat":"1000",)"
                           R"("fee_rate_milli_msat":"{}","disabled":false,"max_htlc_msat":"990000000",)"
                           R"("last_update":{}}})",
                           ppm, updated);
    }

    [[nodiscard]] std::string edges() const {
        std::vector<std::pair<int, int>> ends = {{1, 2}, {1, 3}, {2, 3}, {1, 5}, {1, 6}, {3, 4}};
        if (with_carol) {
            ends.emplace_back(1, 4);
        }
        std::string edges;
        std::uint64_t index = 0;
        for (const auto& [from, to] : ends) {
            const std::uint64_t id = (std::uint64_t{800'000} << 40) | (++index << 16);
            edges += fmt::format(R"({}{{"channel_id":"{}","chan_point":"ab:0","last_update":{},"node1_pub":"{}",)"
                                 R"("node2_pub":"{}","capacity":"1000000","node1_policy":{},"node2_policy":{}}})",
                                 index == 1 ? "" : ",", id, updated, key(from), key(to),
                                 policy(index == 1 ? hub_to_alice_ppm : 100), policy(50));
        }
        return edges;
    }
};

} // namespace mcp::e2e
