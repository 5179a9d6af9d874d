#pragma once
#include "base/iso_time.hpp"
#include "domain/outside.hpp"

#include <fmt/format.h>
#include <string>

/// What sources say, as text to compare.
namespace mcp::test {

namespace detail {

template <typename T>
std::string shown(const std::optional<T>& value) {
    return value ? fmt::format("{}", *value) : "-";
}
inline std::string shown(const std::optional<Sat>& value) {
    return value ? fmt::format("{}", value->value) : "-";
}
inline std::string shown(const std::optional<Time>& value) {
    return value ? iso_time(*value) : "-";
}
inline std::string shown(const std::optional<Day>& value) {
    return value ? iso_time(*value).substr(0, 10) : "-";
}
inline std::string_view shown(domain::ClosingReason reason) {
    switch (reason) {
    case domain::ClosingReason::unknown:
        return "unknown";
    case domain::ClosingReason::mutual:
        return "mutual";
    case domain::ClosingReason::force:
        return "force";
    case domain::ClosingReason::penalty:
        return "penalty";
    }
    return "?";
}

} // namespace detail

/// One line for each thing that was told, "-" for what is absent; when it was asked is left out.
inline std::string outside_text(const domain::Outside& outside) {
    using detail::shown;
    std::string text;
    if (outside.fees) {
        text += fmt::format("fees {} {} {} {} {}\n", outside.fees->next_block, outside.fees->half_hour,
                            outside.fees->hour, outside.fees->economy, outside.fees->minimum);
    }
    if (outside.price) {
        text += fmt::format("price {} usd {} eur {}\n", iso_time(outside.price->at), shown(outside.price->usd),
                            shown(outside.price->eur));
    }
    for (const domain::ProviderNetwork& one : outside.networks) {
        text += fmt::format("network {} {} channels {} nodes {} capacity {} median {} rate {}\n", one.source,
                            shown(one.as_of), shown(one.channels), shown(one.nodes), shown(one.capacity),
                            shown(one.median_capacity), shown(one.median_fee_rate));
    }
    for (const domain::ProviderNode& one : outside.nodes) {
        text +=
            fmt::format("node {} '{}' {} since {} capacity {} channels {} closed {} ranks {} {}\n", one.source,
                        one.alias, shown(one.as_of), shown(one.first_seen), shown(one.capacity), shown(one.channels),
                        shown(one.closed_channels), shown(one.capacity_rank), shown(one.channels_rank));
        if (one.median_fee_rate_out || one.median_fee_rate_in || one.weighted_fee_rate_out ||
            one.weighted_fee_rate_in) {
            text += fmt::format("fee rates {} out {} in {} weighted {} {}\n", one.source,
                                shown(one.median_fee_rate_out), shown(one.median_fee_rate_in),
                                shown(one.weighted_fee_rate_out), shown(one.weighted_fee_rate_in));
        }
        if (one.earlier_as_of || one.capacity_then || one.channels_then) {
            text += fmt::format("earlier {} {} capacity {} channels {}\n", one.source, shown(one.earlier_as_of),
                                shown(one.capacity_then), shown(one.channels_then));
        }
    }
    for (const domain::ClosedChannel& one : outside.closed_channels) {
        text += fmt::format("closed {} {} {} {} height {} {} peer {} '{}'\n", one.source, one.id_text,
                            shown(one.capacity), shown(one.closed_at), shown(one.closed_height), shown(one.reason),
                            one.peer ? one.peer->hex().substr(0, 8) : "-", one.peer_alias);
    }
    for (const std::string_view source : outside.closings_told_by) {
        text += fmt::format("closings told by {}\n", source);
    }
    return text;
}

} // namespace mcp::test
