#pragma once
#include "domain/network.hpp"

#include <map>
#include <string>

namespace mcp::tests {

/// The noon of 25 October 2025: the graph's own date in built networks.
inline constexpr Time kNoon{std::chrono::sys_days(std::chrono::year(2025) / 10 / 25) + std::chrono::hours{12}};

/// What a built channel's end announces; a test changes what it is about.
struct End {
    std::int64_t base_msat = 0;
    std::int64_t ppm = 100;
    bool disabled = false;
    int updated_days_ago = 0;
    bool announced = true;
    std::int64_t inbound_ppm = 0;
    std::optional<std::int64_t> max_htlc_sats = {};
};

/// Builds small networks by alias: `NetworkBuilder().channel("alice", "bob", 1'000'000).build()`.
/// Every node that a channel names exists; keys follow the order in which aliases first appear.
class NetworkBuilder {
public:
    /// Policies are set by the first- and the second-named node. Ids descend from block 900,000 by `age_days`.
    NetworkBuilder& channel(const std::string& a, const std::string& b, std::int64_t capacity_sats, End of_a = {},
                            End of_b = {}, int age_days = 100);
    NetworkBuilder& node(const std::string& alias);
    /// Leaves out every date.
    NetworkBuilder& undated();
    /// Moves the graph's own date.
    NetworkBuilder& at(Time as_of);

    [[nodiscard]] domain::Network build() const;
    [[nodiscard]] static domain::PubKey key_of(int index);

private:
    domain::NodeId id_of(const std::string& alias);

    Time as_of_ = kNoon;
    bool dated_ = true;
    domain::Network network_;
    std::map<std::string, domain::NodeId> ids_;
};

/// The node with that alias. Throws when there is none.
[[nodiscard]] domain::NodeId node_named(const domain::Network& network, const std::string& alias);

} // namespace mcp::tests
