#pragma once
#include "analysis/outside/onchain_fees.hpp"
#include "analysis/outside/providers.hpp"
#include "analysis/outside/source_gaps.hpp"
#include "analysis/surroundings.hpp"
#include "domain/outside.hpp"
#include "tests/support/network_builder.hpp"

#include <utility>
#include <vector>

/// Planted truth of what other sources say, as of the noon of the built networks.
namespace mcp::test {

inline constexpr Day kOutsideDay = std::chrono::floor<std::chrono::days>(kNoon);

inline domain::SourceState source_in(std::string_view name, domain::SourceStatus status,
                                     std::optional<Message> error = {}) {
    domain::SourceState state{.name = name, .status = status, .fetched_at = {}, .age_seconds = {}, .error = {}};
    if (status == domain::SourceStatus::ok || status == domain::SourceStatus::stale) {
        state.fetched_at = kNoon;
        state.age_seconds = 0;
    }
    state.error = std::move(error);
    return state;
}

/// mempool told on-chain fees: `hour` now, and those of the days before, the last one yesterday.
inline domain::Outside fees_of(double hour, const std::vector<double>& days_before) {
    domain::Outside outside;
    outside.fees = domain::OnchainFees{.next_block = hour + 1,
                                       .half_hour = hour + 0.5,
                                       .hour = hour,
                                       .economy = hour / 2,
                                       .minimum = 0.1,
                                       .asked_at = kNoon};
    Day day = kOutsideDay - std::chrono::days{days_before.size()};
    for (const double fee : days_before) {
        outside.fees_of_days.push_back({.day = day, .hour = fee});
        day += std::chrono::days{1};
    }
    outside.states = {source_in(domain::source::kMempool, domain::SourceStatus::ok)};
    return outside;
}

inline domain::ClosedChannel closed(std::string_view source, std::string id, domain::ClosingReason reason,
                                    std::optional<Time> at = kNoon) {
    return {.source = source,
            .id_text = std::move(id),
            .capacity = Sat{1'000'000},
            .closed_at = at,
            .closed_height = 900'000,
            .reason = reason,
            .peer = {},
            .peer_alias = {}};
}

/// Both providers told all that they can; the weeks-old row of mempool as in the recordings.
inline domain::Outside planted_outside() {
    domain::Outside outside = fees_of(1.2, {3, 3, 4, 3, 2.5, 3, 3.5, 3});
    outside.price = domain::BitcoinPrice{.at = kNoon - std::chrono::minutes{5}, .usd = 60'000, .eur = 55'000};
    outside.networks = {{.source = domain::source::kMempool,
                         .as_of = kOutsideDay - std::chrono::days{14},
                         .channels = 32'674,
                         .nodes = 16'237,
                         .capacity = Sat{379'451'516'560},
                         .median_capacity = Sat{2'042'066},
                         .median_fee_rate = 100,
                         .asked_at = kNoon},
                        {.source = domain::source::kAmboss,
                         .as_of = {},
                         .channels = 36'216,
                         .nodes = 13'733,
                         .capacity = Sat{372'231'912'498},
                         .median_capacity = Sat{2'000'000},
                         .median_fee_rate = 50,
                         .asked_at = kNoon}};
    outside.nodes = {{.source = domain::source::kMempool,
                      .alias = "us",
                      .as_of = kNoon - std::chrono::days{20},
                      .first_seen = kNoon - std::chrono::days{900},
                      .capacity = Sat{9'000'000},
                      .channels = 9,
                      .closed_channels = 2,
                      .capacity_rank = {},
                      .channels_rank = {},
                      .asked_at = kNoon,
                      .earlier_as_of = kOutsideDay - std::chrono::days{21},
                      .capacity_then = Sat{8'000'000},
                      .channels_then = 8},
                     {.source = domain::source::kAmboss,
                      .alias = "us",
                      .as_of = kNoon - std::chrono::hours{3},
                      .first_seen = {},
                      .capacity = Sat{4'000'000},
                      .channels = 4,
                      .closed_channels = 2,
                      .capacity_rank = 4'711,
                      .channels_rank = 5'012,
                      .asked_at = kNoon,
                      .median_fee_rate_out = 250,
                      .median_fee_rate_in = 99.5,
                      .weighted_fee_rate_out = 310.25,
                      .weighted_fee_rate_in = 120}};
    outside.closed_channels = {
        closed(domain::source::kMempool, "700000x1x0", domain::ClosingReason::force, kNoon - std::chrono::days{1}),
        closed(domain::source::kMempool, "600000x2x1", domain::ClosingReason::mutual, kNoon - std::chrono::days{40}),
        closed(domain::source::kAmboss, "600000x2x1", domain::ClosingReason::unknown, kNoon - std::chrono::days{40})};
    outside.closed_channels[0].peer = key_of(77);
    outside.closed_channels[0].peer_alias = "gone peer";
    outside.closings_told_by = {domain::source::kMempool, domain::source::kAmboss};
    outside.states.push_back(source_in(domain::source::kAmboss, domain::SourceStatus::ok));
    return outside;
}

/// What rules see of it.
class Beside {
public:
    explicit Beside(domain::Outside outside, std::vector<domain::SourceState> graphs = {}, Time now = kNoon)
        : outside_(std::move(outside)), graphs_(std::move(graphs)), now_(now),
          onchain_(
              analysis::onchain_figures(&outside_, analysis::state_of(outside_.states, domain::source::kMempool), now)),
          closings_(analysis::told_closings(&outside_, outside_.states, {})) {
        if (graphs_.empty()) {
            graphs_ = {source_in(domain::source::kGraph, domain::SourceStatus::ok)};
        }
    }

    /// Holds as long as this does.
    [[nodiscard]] analysis::Surroundings surroundings() const {
        return {.now = now_,
                .graph_sources = graphs_,
                .other_sources = outside_.states,
                .outside = &outside_,
                .onchain = onchain_,
                .closed_channels = closings_};
    }

private:
    domain::Outside outside_;
    std::vector<domain::SourceState> graphs_;
    Time now_;
    domain::OnchainFigures onchain_;
    domain::Told<domain::ReportClosing> closings_;
};

} // namespace mcp::test
