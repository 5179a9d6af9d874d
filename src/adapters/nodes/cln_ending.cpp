#include "adapters/nodes/cln_ending.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <vector>

namespace mcp::adapters {
namespace {

using domain::CloseKind;
using json::Cursor;

constexpr std::size_t kWordsMax = 10'000; // of one channel's past

/// What the watcher of a spent channel says that it saw.
struct Saying {
    std::string_view words;
    CloseKind kind;
};

constexpr std::array kSayings = {
    Saying{"Tracking mutual close", CloseKind::cooperative},
    Saying{"Tracking our own unilateral close", CloseKind::force_by_us},
    Saying{"Tracking their unilateral close", CloseKind::force_by_peer},
    Saying{"Tracking their illegal close", CloseKind::breach},
};

/// What stands between two words, when both are there.
std::optional<std::string_view> between(std::string_view text, std::string_view before, std::string_view after) {
    const std::size_t begin = text.find(before);
    if (begin == std::string_view::npos) {
        return std::nullopt;
    }
    text.remove_prefix(begin + before.size());
    const std::size_t end = text.find(after);
    return end == std::string_view::npos ? std::nullopt : std::optional(text.substr(0, end));
}

std::optional<std::int32_t> blocks_in(std::string_view words) {
    constexpr std::int32_t kBlocksMax = 100'000; // two years
    const std::optional<std::string_view> digits = between(words, "outputs unresolved: in ", " blocks will spend");
    std::int32_t blocks = 0;
    if (!digits || std::from_chars(digits->data(), digits->data() + digits->size(), blocks).ec != std::errc{}) {
        return std::nullopt;
    }
    return blocks >= 0 && blocks <= kBlocksMax ? std::optional(blocks) : std::nullopt;
}

/// "We agreed on a closing fee of 2895 satoshi for tx:9860...": that of the last such sentence counts.
std::string txid_in(std::string_view words) {
    constexpr std::string_view kBefore = "for tx:";
    constexpr std::string_view kHex = "0123456789abcdef";
    constexpr std::size_t kDigits = 64;
    const std::size_t found = words.find(kBefore);
    if (found == std::string_view::npos) {
        return "";
    }
    const std::string_view digits = words.substr(found + kBefore.size(), kDigits);
    const bool is_txid = digits.size() == kDigits && digits.find_first_not_of(kHex) == std::string_view::npos;
    return is_txid ? std::string(digits) : "";
}

void take_words(std::string_view words, ClnEnding& ending) {
    for (const Saying& saying : kSayings) {
        if (words.find(saying.words) != std::string_view::npos) {
            ending.kind = saying.kind;
        }
    }
    if (words.find("All outputs resolved") != std::string_view::npos) {
        ending.is_paid_out = true;
    }
    if (const std::optional<std::int32_t> blocks = blocks_in(words)) {
        ending.blocks_left = blocks;
    }
    if (std::string txid = txid_in(words); !txid.empty()) {
        ending.closing_txid = std::move(txid);
    }
}

/// Where the watcher says nothing (yet): by the states that it went through.
CloseKind kind_by_past(ClnValues& values, const Cursor& changes) {
    if (changes.is_absent()) {
        return CloseKind::other;
    }
    bool was_agreed = false;
    bool was_forced = false;
    for (const Cursor& change : values.items(changes, kWordsMax)) {
        const std::string_view state = values.text(change.at("new_state")).value_or("");
        was_agreed = was_agreed || state == "CLOSINGD_COMPLETE";
        was_forced = was_forced || state == "AWAITING_UNILATERAL";
    }
    if (was_forced) {
        return CloseKind::other; // our transaction was on its way, but the peer's may have been faster
    }
    return was_agreed ? CloseKind::cooperative : CloseKind::force_by_peer;
}

} // namespace

ClnEnding read_cln_ending(ClnValues& values, const Cursor& channel) {
    ClnEnding ending;
    const Cursor status = channel.at("status");
    if (!status.is_absent()) {
        for (const Cursor& line : values.items(status, kWordsMax)) {
            take_words(values.text(line).value_or(""), ending);
        }
    }
    if (ending.kind == CloseKind::other) {
        ending.kind = kind_by_past(values, channel.at("state_changes"));
    }
    ending.is_paid_out = ending.is_paid_out || ending.kind == CloseKind::cooperative;
    return ending;
}

} // namespace mcp::adapters
