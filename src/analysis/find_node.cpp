#include "analysis/find_node.hpp"

#include "analysis/wording.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace mcp::analysis {
namespace {

using domain::Network;
using domain::Node;
using domain::NodeId;
using domain::PubKey;

constexpr std::size_t kKeyDigits = 66;
constexpr std::size_t kFewestDigits = 8;
constexpr std::size_t kShownChoices = 10;
constexpr std::size_t kShownNearest = 3;
constexpr std::size_t kShortestPart = 3; ///< fewer letters are contained in everything

bool is_hex(std::string_view text) {
    return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

template <typename Predicate>
std::vector<NodeId> nodes_where(const Network& network, Predicate fits) {
    std::vector<NodeId> found;
    for (NodeId id = 0; id < network.nodes.size(); ++id) {
        if (fits(network.nodes[id])) {
            found.push_back(id);
        }
    }
    return found;
}

std::vector<NodeId> by_first_digits(const Network& network, std::string_view text) {
    if (text.size() < kFewestDigits || text.size() >= kKeyDigits || !is_hex(text)) {
        return {};
    }
    const std::string digits = fold_case(text);
    return nodes_where(network, [&](const Node& node) { return node.key.hex().starts_with(digits); });
}

Message choice(const Network& network, NodeId id) {
    std::optional<Sat> capacity = network.channels_of(id).empty() ? std::optional(Sat{0}) : std::nullopt;
    for (const domain::ChannelIx channel : network.channels_of(id)) {
        if (const std::optional<Sat>& known = network.channels[channel].capacity) {
            capacity = capacity.value_or(Sat{0}) + *known;
        }
    }
    return {"node.choice",
            {{"key", network.nodes[id].key.hex()},
             {"alias", network.nodes[id].alias},
             {"channels", static_cast<std::int64_t>(network.channels_of(id).size())},
             {"capacity", capacity_words(capacity)}}};
}

Error several(const Network& network, std::string_view text, std::vector<NodeId> fitting) {
    std::stable_sort(fitting.begin(), fitting.end(),
                     [&](NodeId a, NodeId b) { return network.channels_of(a).size() > network.channels_of(b).size(); });
    const std::size_t shown = std::min(fitting.size(), kShownChoices);
    std::vector<Message> choices;
    for (std::size_t place = 0; place < shown; ++place) {
        choices.push_back(choice(network, fitting[place]));
    }
    const std::size_t more = fitting.size() - shown;
    return {.kind = ErrorKind::conflict,
            .what = {more == 0 ? "node.several" : "node.several_more",
                     {{"count", static_cast<std::int64_t>(fitting.size())},
                      {"text", std::string(text)},
                      {"nodes", std::move(choices)},
                      {"more", static_cast<std::int64_t>(more)}}}};
}

/// Nodes whose aliases need few edits, then those that contain the text: names are full of ornaments ("🐙 Kraken ⚡").
std::vector<NodeId> near(const Network& network, std::string_view text) {
    const std::string folded = fold_case(text);
    std::vector<std::string> aliases;
    aliases.reserve(network.nodes.size());
    for (const Node& node : network.nodes) {
        aliases.push_back(fold_case(node.alias));
    }
    std::vector<NodeId> found;
    for (const std::size_t place : nearest_places(folded, aliases, kShownNearest)) {
        found.push_back(static_cast<NodeId>(place));
    }
    for (NodeId id = 0; id < aliases.size() && folded.size() >= kShortestPart && found.size() < kShownNearest; ++id) {
        const bool is_new = std::find(found.begin(), found.end(), id) == found.end();
        if (is_new && aliases[id].find(folded) != std::string::npos) {
            found.push_back(id);
        }
    }
    return found;
}

Error unknown(const Network& network, std::string_view text) {
    std::vector<Message> nearest;
    for (const NodeId id : near(network, text)) {
        const Node& node = network.nodes[id];
        nearest.push_back({"node.near", {{"alias", node.alias}, {"key", node.key.hex()}}});
    }
    if (nearest.empty()) {
        return {.kind = ErrorKind::not_found, .what = {"node.unknown", {{"text", std::string(text)}}}};
    }
    return {.kind = ErrorKind::not_found,
            .what = {"node.unknown_but_near",
                     {{"text", std::string(text)},
                      {"count", static_cast<std::int64_t>(nearest.size())},
                      {"nearest", std::move(nearest)}}}};
}

} // namespace

Result<NodeId> find_node(const Network& network, std::string_view text) {
    if (text.empty()) {
        return fail(ErrorKind::invalid_input, {"node.empty", {}});
    }
    if (const std::optional<PubKey> key = PubKey::parse(text)) {
        const std::optional<NodeId> id = network.find(*key);
        return id ? Result<NodeId>(*id) : fail(ErrorKind::not_found, {"node.unknown_key", {{"key", key->hex()}}});
    }
    const std::vector<NodeId> by_digits = by_first_digits(network, text);
    if (by_digits.size() == 1) {
        return by_digits.front();
    }
    const std::string folded = fold_case(text);
    std::vector<NodeId> named = nodes_where(network, [&](const Node& node) { return node.alias == text; });
    if (named.empty()) {
        named = nodes_where(network, [&](const Node& node) { return fold_case(node.alias) == folded; });
    }
    if (named.size() == 1) {
        return named.front();
    }
    if (named.empty() && by_digits.empty()) {
        return fail(unknown(network, text));
    }
    return fail(several(network, text, named.empty() ? by_digits : named));
}

} // namespace mcp::analysis
