#include "adapters/nodes/lnd_values.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace mcp::adapters {
namespace {

using json::Cursor;

constexpr std::int64_t kHeightMax = (1 << 24) - 1; // what fits into a short channel id
constexpr std::size_t kFoundShown = 40;
constexpr std::size_t kTextShown = 100;
constexpr std::size_t kTxidDigits = 64;
constexpr Time kBitcoinBegan{std::chrono::seconds{1'231'006'505}};

bool is_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char one) {
        return (one >= '0' && one <= '9') || (one >= 'a' && one <= 'f') || (one >= 'A' && one <= 'F');
    });
}

bool is_outpoint(std::string_view text) {
    if (text.size() <= kTxidDigits + 1 || text[kTxidDigits] != ':' || !is_hex(text.substr(0, kTxidDigits))) {
        return false;
    }
    std::uint32_t index = 0;
    const auto [end, fault] = std::from_chars(text.data() + kTxidDigits + 1, text.data() + text.size(), index);
    return fault == std::errc{} && end == text.data() + text.size();
}

} // namespace

std::optional<std::int64_t> LndValues::whole(const Cursor& value, std::int64_t least, std::int64_t most) {
    if (value.is_absent()) {
        return std::nullopt;
    }
    Result<std::int64_t> told = value.as_i64();
    if (!told) {
        note(std::move(told.error()));
        return std::nullopt;
    }
    if (*told < least || *told > most) {
        refuse(value);
        return std::nullopt;
    }
    return *told;
}

std::optional<Sat> LndValues::sat(const Cursor& value) {
    const std::optional<std::int64_t> told = whole(value, 0, kAllBitcoin.value);
    return told ? std::optional(Sat{*told}) : std::nullopt;
}

std::optional<Msat> LndValues::msat(const Cursor& value) {
    const std::optional<std::int64_t> told = whole(value, 0, to_msat(kAllBitcoin).value);
    return told ? std::optional(Msat{*told}) : std::nullopt;
}

std::optional<std::int64_t> LndValues::height(const Cursor& value) {
    const std::optional<std::int64_t> told = whole(value, 0, kHeightMax);
    return told && *told != 0 ? told : std::nullopt;
}

std::optional<bool> LndValues::yes_or_no(const Cursor& value) {
    if (value.is_absent()) {
        return std::nullopt;
    }
    Result<bool> told = value.as_bool();
    if (!told) {
        note(std::move(told.error()));
        return std::nullopt;
    }
    return *told;
}

std::optional<std::string_view> LndValues::text(const Cursor& value) {
    if (value.is_absent()) {
        return std::nullopt;
    }
    Result<std::string_view> told = value.as_string();
    if (!told) {
        note(std::move(told.error()));
        return std::nullopt;
    }
    return *told;
}

std::optional<domain::PubKey> LndValues::key(const Cursor& value) {
    const std::optional<std::string_view> told = text(value);
    if (!told || told->empty()) {
        return std::nullopt;
    }
    const std::optional<domain::PubKey> parsed = domain::PubKey::parse(*told);
    if (!parsed) {
        refuse(value);
    }
    return parsed;
}

std::optional<domain::ShortChannelId> LndValues::channel(const Cursor& value) {
    if (value.is_absent()) {
        return std::nullopt;
    }
    Result<std::uint64_t> told = value.as_u64();
    if (!told) {
        note(std::move(told.error()));
        return std::nullopt;
    }
    return *told == 0 ? std::nullopt : std::optional(domain::ShortChannelId{*told});
}

std::optional<std::string> LndValues::outpoint(const Cursor& value) {
    const std::optional<std::string_view> told = text(value);
    if (told && !is_outpoint(*told)) {
        refuse(value);
        return std::nullopt;
    }
    return told ? std::optional(std::string(*told)) : std::nullopt;
}

std::string LndValues::shown(const Cursor& value) {
    return clean_text(text(value).value_or("").substr(0, kTextShown)).text;
}

std::vector<Cursor> LndValues::items(const Cursor& value, std::size_t most) {
    Result<std::vector<Cursor>> told = value.items();
    if (!told) {
        note(std::move(told.error()));
        return {};
    }
    if (told->size() > most) {
        refuse({"own_node.too_many", {{"path", value.path()}, {"count", static_cast<std::int64_t>(told->size())}}});
        return {};
    }
    return std::move(*told);
}

void LndValues::refuse(const Cursor& value) {
    const std::string text = value.text();
    std::string found = clean_text(std::string_view(text).substr(0, kFoundShown)).text;
    if (text.size() > kFoundShown) {
        found += "...";
    }
    refuse({"provider.beyond_belief", {{"path", value.path()}, {"found", std::move(found)}}});
}

void LndValues::refuse(Message what) {
    note({ErrorKind::bad_upstream, std::move(what)});
}

void LndValues::miss(const Cursor& value) {
    note({ErrorKind::bad_upstream, {"json.missing", {{"path", value.path()}}}});
}

void LndValues::note(Error error) {
    if (!fault_) {
        error.kind = ErrorKind::bad_upstream;
        fault_ = std::move(error);
    }
}

std::optional<Time> believed_time(std::int64_t unix_seconds, Time latest) {
    const Time time{std::chrono::seconds{unix_seconds}};
    return time >= kBitcoinBegan && time <= latest ? std::optional(time) : std::nullopt;
}

} // namespace mcp::adapters
