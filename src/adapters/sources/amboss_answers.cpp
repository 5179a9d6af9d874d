#include "adapters/sources/amboss_answers.hpp"

#include "adapters/sources/provider_answer.hpp"
#include "adapters/sources/told_values.hpp"
#include "base/iso_time.hpp"
#include "base/text.hpp"
#include "domain/figure.hpp"

#include <algorithm>
#include <array>

namespace mcp::adapters::amboss {
namespace {

using domain::ClosedChannel;
using domain::ClosingReason;
using domain::Outside;
using domain::source::kAmboss;
using json::Cursor;

constexpr std::uint64_t kAnswerBytesMax = 4 << 20; // of 50 nodes
constexpr std::size_t kErrorsMax = 200;            // that are looked at
constexpr std::size_t kErrorBytesMax = 200;        // that are shown
constexpr std::size_t kChannelsMax = 1000;         // a page has 10

bool has_any(std::string_view text, std::span<const std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// The beginning of a text from elsewhere, fit to be shown.
std::string shown(std::string_view text) {
    std::string clean = clean_text(text.substr(0, kErrorBytesMax)).text;
    return text.size() > kErrorBytesMax ? clean + "..." : clean;
}

/// One entry of errors[]. Its kind is guessed from its code and words: Amboss documents neither.
Error error_of(const Cursor& entry) {
    constexpr std::array<std::string_view, 5> kTooOften{"rate limit", "rate_limit", "too many", "too_many", "throttl"};
    constexpr std::array<std::string_view, 6> kRefused{"unauthenticated", "unauthorized", "not authenticated",
                                                       "not authorized",  "forbidden",    "api key"};
    constexpr std::array<std::string_view, 2> kMissing{"not found", "not_found"};
    const Result<std::string_view> words = entry.at("message").as_string();
    const Result<std::string_view> code = entry.at("extensions").at("code").as_string();
    const std::string_view message = words.value_or("?");
    const std::string all = fold_case(shown(message)) + " " + fold_case(shown(code.value_or(std::string_view())));
    if (has_any(all, kTooOften)) {
        return {ErrorKind::rate_limited, {"provider.too_many_requests", {}}};
    }
    if (has_any(all, kRefused)) {
        return {ErrorKind::unauthenticated, {"provider.key_refused", {{"text", shown(message)}}}};
    }
    const bool is_missing = has_any(all, kMissing);
    return {is_missing ? ErrorKind::not_found : ErrorKind::unavailable,
            {"provider.said_no", {{"text", shown(message)}}}};
}

/// The name at the top of the query beneath which an error lies; nothing when it has none.
std::optional<std::string> field_of(const Cursor& entry) {
    const Result<std::vector<Cursor>> path = entry.at("path").items();
    if (!path || path->empty()) {
        return std::nullopt;
    }
    const Result<std::string_view> field = path->front().as_string();
    return field ? std::optional(std::string(*field)) : std::nullopt;
}

struct Errors {
    std::vector<std::pair<std::string, Error>> of_fields;
    std::optional<Error> of_all;

    [[nodiscard]] const Error* beneath(std::string_view field) const {
        for (const auto& [name, error] : of_fields) {
            if (name == field) {
                return &error;
            }
        }
        return nullptr;
    }
    [[nodiscard]] bool any() const { return of_all || !of_fields.empty(); }
};

Errors errors_of(const Cursor& root) {
    Errors errors;
    const Result<std::vector<Cursor>> entries = root.at("errors").items();
    const std::size_t count = entries ? std::min(entries->size(), kErrorsMax) : 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Cursor& entry = (*entries)[i];
        Error error = error_of(entry);
        if (std::optional<std::string> field = field_of(entry)) {
            errors.of_fields.emplace_back(std::move(*field), std::move(error));
        } else if (!errors.of_all) {
            errors.of_all = std::move(error);
        }
    }
    return errors;
}

Part part_of(const Cursor& value, const Errors& errors, const std::string& field) {
    if (const Error* error = errors.beneath(field)) {
        return fail(*error);
    }
    if (!value.is_absent()) {
        return value.text();
    }
    return errors.of_all ? Part(fail(*errors.of_all)) : std::nullopt;
}

ClosingReason closing_reason(std::string_view type) {
    if (type == "MUTUAL") {
        return ClosingReason::mutual;
    }
    if (type == "FORCED") {
        return ClosingReason::force;
    }
    return type == "PENALTY" ? ClosingReason::penalty : ClosingReason::unknown;
}

/// The other end; nothing when the subject is not known or stands at neither end.
std::optional<domain::PubKey> peer_of(ToldValues& told, const Cursor& row, std::optional<domain::PubKey> subject) {
    const std::optional<domain::PubKey> node1 = told.key(row.at("node1_pub"));
    const std::optional<domain::PubKey> node2 = told.key(row.at("node2_pub"));
    if (!subject || (node1 != subject && node2 != subject)) {
        return std::nullopt;
    }
    return node1 == subject ? node2 : node1;
}

ClosedChannel closed_channel(ToldValues& told, const Cursor& row, std::optional<domain::PubKey> subject) {
    const Cursor closure = told.object(row.at("closure_info"));
    const Cursor node2 = told.object(told.object(row.at("node2_info")).at("node"));
    const std::optional<domain::PubKey> peer = peer_of(told, row, subject);
    const std::string alias = told.alias(node2.at("alias"));
    const bool is_peers = peer && told.key(node2.at("pub_key")) == peer;
    return {.source = kAmboss,
            .id_text = told.channel_id(row.at("short_channel_id")),
            .capacity = told.amount(row.at("capacity")),
            .closed_at = told.iso_time(closure.at("closed_date")),
            .closed_height = told.height(closure.at("closed_height")),
            .reason = closing_reason(told.text(closure.at("closure_type")).value_or(std::string_view())),
            .peer = peer,
            .peer_alias = is_peers ? alias : std::string()};
}

/// @return nothing when Amboss does not say whether there are any
std::optional<std::vector<ClosedChannel>> closed_channels(ToldValues& told, const Cursor& list,
                                                          std::optional<domain::PubKey> subject) {
    if (list.is_absent()) {
        return std::nullopt;
    }
    const Result<std::vector<Cursor>> rows = list.items();
    if (!rows || rows->size() > kChannelsMax) {
        told.refuse(list);
        return std::nullopt;
    }
    std::vector<ClosedChannel> closed;
    closed.reserve(rows->size());
    for (const Cursor& row : *rows) {
        closed.push_back(closed_channel(told, row, subject));
    }
    return closed;
}

} // namespace

Result<std::vector<Part>> split_answer(std::string_view body, std::span<const std::string> fields) {
    const Result<json::Document> document = parse_answer(body, kAnswerBytesMax);
    if (!document) {
        return fail(document.error());
    }
    const Cursor data = document->root().at("data");
    const Errors errors = errors_of(document->root());
    std::vector<Part> parts;
    parts.reserve(fields.size());
    for (const std::string& field : fields) {
        parts.push_back(part_of(data.at(field), errors, field));
    }
    const bool is_any_told = std::any_of(parts.begin(), parts.end(), [](const Part& part) { return part.has_value(); });
    if (data.is_object() && is_any_told) {
        return parts;
    }
    if (!errors.any()) {
        return fail(ErrorKind::bad_upstream, {"provider.not_the_promised", {}});
    }
    if (errors.of_all) {
        return fail(*errors.of_all);
    }
    const auto limited = std::find_if(errors.of_fields.begin(), errors.of_fields.end(), [](const auto& one) {
        return one.second.kind == ErrorKind::rate_limited || one.second.kind == ErrorKind::unauthenticated;
    });
    if (limited != errors.of_fields.end() || !is_any_told) {
        return fail(limited != errors.of_fields.end() ? limited->second : errors.of_fields.front().second);
    }
    return parts;
}

Result<void> read_node(std::string_view part, Time asked_at, Outside& outside) {
    const Result<json::Document> document = parse_answer(part);
    if (!document) {
        return fail(document.error());
    }
    const Cursor info = document->root().at("graph_info");
    if (!info.is_object()) {
        return fail(ErrorKind::bad_upstream, {"provider.not_the_promised", {}});
    }
    ToldValues told(asked_at);
    const Cursor node = told.object(info.at("node"));
    const Cursor metrics = told.object(info.at("metrics"));
    const Cursor page = told.object(info.at("closed_channels"));
    const Cursor fees = told.object(told.object(info.at("channels")).at("fee_info"));
    const Cursor own = told.object(fees.at("local"));
    const Cursor peers = told.object(fees.at("remote"));
    const std::optional<domain::PubKey> subject = told.key(node.at("pub_key"));
    domain::ProviderNode known{.source = kAmboss,
                               .alias = told.alias(node.at("alias")),
                               .as_of = told.iso_time(info.at("last_update")),
                               .first_seen = {}, // it does not tell
                               .capacity = told.amount(metrics.at("capacity")),
                               .channels = told.count(metrics.at("channels")),
                               .closed_channels = told.count(page.at("total_count")),
                               .capacity_rank = told.rank(metrics.at("capacity_rank")),
                               .channels_rank = told.rank(metrics.at("channels_rank")),
                               .asked_at = asked_at,
                               .median_fee_rate_out = told.ppm(own.at("median")),
                               .median_fee_rate_in = told.ppm(peers.at("median")),
                               .weighted_fee_rate_out = told.ppm(own.at("weighted")),
                               .weighted_fee_rate_in = told.ppm(peers.at("weighted"))};
    std::optional<std::vector<ClosedChannel>> closed = closed_channels(told, page.at("list"), subject);
    if (Result<void> verdict = told.verdict(); !verdict) {
        return verdict;
    }
    if (node.is_object() || metrics.is_object()) {
        put_by_source(outside.nodes, std::move(known));
    }
    if (closed) {
        put_closed_channels(outside, kAmboss, std::move(*closed));
    }
    return {};
}

Result<void> read_network(std::string_view part, Time asked_at, Outside& outside) {
    const Result<json::Document> document = parse_answer(part);
    if (!document) {
        return fail(document.error());
    }
    const Cursor snapshot = document->root().at("historical_snapshots");
    if (!snapshot.is_object()) {
        return fail(ErrorKind::bad_upstream, {"provider.not_the_promised", {}});
    }
    ToldValues told(asked_at);
    const Cursor nodes = told.object(snapshot.at("nodes"));
    const Cursor channels = told.object(snapshot.at("channels"));
    const Cursor sizes = told.object(channels.at("channel_metrics"));
    const Cursor rates = told.object(channels.at("fee_rate_metrics"));
    const domain::ProviderNetwork network{.source = kAmboss,
                                          .as_of = {},
                                          .channels = told.count(sizes.at("count")),
                                          .nodes = told.count(nodes.at("active")),
                                          .capacity = told.amount(sizes.at("sum")),
                                          .median_capacity = told.amount(sizes.at("median")),
                                          .median_fee_rate = told.ppm(rates.at("median")),
                                          .asked_at = asked_at};
    Result<void> verdict = told.verdict();
    if (verdict) {
        put_by_source(outside.networks, network);
    }
    return verdict;
}

std::optional<domain::PubKey> node_of(std::string_view part) {
    const Result<json::Document> document = parse_answer(part);
    if (!document) {
        return std::nullopt;
    }
    const Result<std::string_view> key = document->root().at("graph_info").at("node").at("pub_key").as_string();
    return key ? domain::PubKey::parse(*key) : std::nullopt;
}

} // namespace mcp::adapters::amboss
