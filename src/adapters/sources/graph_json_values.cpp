#include "adapters/sources/graph_json_values.hpp"

namespace mcp::adapters {
namespace {

/// Go's zero time (year 1), cast to 32 bits as LND does for a channel that no policy was seen of: it would be July
/// 2042.
constexpr std::int64_t kZeroTimeOfGo = 2'288'912'640;

} // namespace

bool take_text(const json::Scalar& value, std::string_view& text) {
    const auto* given = std::get_if<std::string_view>(&value);
    if (given != nullptr) {
        text = *given;
    }
    return given != nullptr;
}

bool take_key(const json::Scalar& value, std::optional<domain::PubKey>& key) {
    std::string_view hex;
    key = take_text(value, hex) ? domain::PubKey::parse(hex) : std::nullopt;
    return key.has_value();
}

bool take_flag(const json::Scalar& value, bool& flag) {
    const bool* given = std::get_if<bool>(&value);
    flag = given != nullptr && *given;
    return given != nullptr;
}

bool take_date(const json::Scalar& value, std::optional<Time>& date) {
    const std::optional<std::int64_t> seconds = json::whole_i64(value);
    const bool is_date = seconds && *seconds > 0 && *seconds <= kU32Max && *seconds != kZeroTimeOfGo;
    date = is_date ? std::optional(Time(std::chrono::seconds(*seconds))) : std::nullopt;
    return seconds.has_value() || json::whole_u64(value).has_value();
}

bool take_max_htlc(const json::Scalar& value, std::optional<Msat>& limit) {
    const std::optional<std::uint64_t> msat = json::whole_u64(value);
    const bool is_limit = msat && *msat > 0 && *msat <= static_cast<std::uint64_t>(kAllBitcoinMsat);
    limit = is_limit ? std::optional(Msat{static_cast<std::int64_t>(*msat)}) : std::nullopt;
    return msat.has_value();
}

bool take_capacity(const json::Scalar& value, std::optional<Sat>& capacity) {
    std::int64_t sats = 0;
    const bool is_amount = take_within(value, 0, kAllBitcoin.value, sats);
    capacity = is_amount && sats > 0 ? std::optional(Sat{sats}) : std::nullopt;
    return is_amount;
}

json::Scalar without_msat_suffix(const json::Scalar& value) {
    constexpr std::string_view kSuffix = "msat";
    const auto* text = std::get_if<std::string_view>(&value);
    if (text == nullptr || !text->ends_with(kSuffix)) {
        return value;
    }
    return text->substr(0, text->size() - kSuffix.size());
}

} // namespace mcp::adapters
