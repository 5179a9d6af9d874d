#include "flow/snapshots.hpp"

#include "base/json/document.hpp"

#include <fmt/format.h>

namespace mcp::flow {
namespace {

template <typename T>
std::string number_or_null(const domain::Figure<T>& figure) {
    if (!figure) {
        return "null";
    }
    if constexpr (std::is_same_v<T, Sat>) {
        return fmt::format("{}", figure->value);
    } else {
        return fmt::format("{}", *figure);
    }
}

template <typename T>
std::optional<T> present(const Result<T>& read) {
    return read ? std::optional(*read) : std::nullopt;
}

std::optional<analysis::PastDay> read(const ports::Snapshot& snapshot) {
    const Result<json::Document> document = json::Document::parse(snapshot.facts);
    if (!document) {
        return std::nullopt;
    }
    const json::Cursor facts = document->root();
    const std::optional<std::int64_t> score = present(facts.at("overall_score").as_i64());
    const std::optional<std::int64_t> capacity = present(facts.at("capacity_sats").as_i64());
    return analysis::PastDay{.day = snapshot.day,
                             .score = score ? std::optional(static_cast<int>(*score)) : std::nullopt,
                             .capacity = capacity ? std::optional(Sat{*capacity}) : std::nullopt};
}

} // namespace

ports::Snapshot snapshot_of(const domain::Report& report, std::string_view graph_sha256) {
    return {
        .node = report.node,
        .day = report.report_date,
        .facts = fmt::format(
            R"({{"graph_sha256":"{}","overall_score":{},"capacity_sats":{},"channels":{},"peers":{},"betweenness_500k":{},"betweenness_rank":{}}})",
            graph_sha256, number_or_null(report.score.of_public_view), number_or_null(report.summary.capacity),
            report.summary.channels_count, report.network.peer_count,
            number_or_null(report.network.by_fee_500k.betweenness), number_or_null(report.network.by_fee_500k.rank))};
}

std::vector<analysis::PastDay> past_days(const std::vector<ports::Snapshot>& snapshots) {
    std::vector<analysis::PastDay> days;
    for (const ports::Snapshot& snapshot : snapshots) {
        if (std::optional<analysis::PastDay> day = read(snapshot)) {
            days.push_back(*day);
        }
    }
    return days;
}

} // namespace mcp::flow
