#include "adapters/sources/told_values.hpp"

#include "base/iso_time.hpp"
#include "base/text.hpp"
#include "domain/channel.hpp"

#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <system_error>

namespace mcp::adapters {
namespace {

using json::Cursor;

constexpr std::int64_t kCountMax = 100'000'000;
constexpr std::int64_t kHeightMax = (1 << 24) - 1; // what fits into a short channel id
constexpr double kPpmMax = 4'294'967'295;
constexpr double kSatPerVbyteMax = 100'000; // the smallest payment would cost 0.1 bitcoin
constexpr double kPriceMax = 1e12;
constexpr std::size_t kAliasBytesMax = 256; // the protocol has 32
constexpr std::size_t kShownBytes = 40;
constexpr Time kBitcoinBegan{std::chrono::seconds{1'231'006'505}};

std::string excerpt(const Cursor& value) {
    const Result<double> number = value.as_double();
    const std::string text = number ? fmt::format("{}", *number) : value.text(); // that would write 8.248E0
    return text.size() <= kShownBytes ? clean_text(text).text : clean_text(text.substr(0, kShownBytes)).text + "...";
}

/// How JavaScript writes that there is no such number: the mean of nothing, a limit that is none.
bool is_no_number(std::string_view text) {
    return text == "NaN" || text == "Infinity" || text == "-Infinity";
}

std::optional<double> decimal(std::string_view text) {
    const bool begins_well = !text.empty() && (text.front() == '-' || (text.front() >= '0' && text.front() <= '9'));
    double number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_read = begins_well && fault == std::errc{} && end == text.data() + text.size();
    return is_read && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

} // namespace

Result<json::Document> parse_answer(std::string_view text, std::uint64_t bytes_max) {
    Result<json::Document> document = json::Document::parse(text, {.depth = 32, .text_bytes = bytes_max});
    if (!document) {
        return fail(ErrorKind::bad_upstream, {"provider.not_json", {}});
    }
    return document;
}

std::optional<double> ToldValues::number(const Cursor& value) {
    if (value.is_absent()) {
        return std::nullopt;
    }
    if (const Result<std::string_view> words = value.as_string()) {
        const std::optional<double> told = decimal(*words);
        if (!told && !is_no_number(*words)) {
            refuse(value);
        }
        return told;
    }
    Result<double> told = value.as_double();
    if (!told) {
        note(std::move(told.error()));
        return std::nullopt;
    }
    if (!std::isfinite(*told)) {
        refuse(value);
        return std::nullopt;
    }
    return *told;
}

std::optional<double> ToldValues::number_within(const Cursor& value, double above, double most) {
    const std::optional<double> told = number(value);
    if (told && (*told <= above || *told > most)) {
        refuse(value);
        return std::nullopt;
    }
    return told;
}

std::optional<std::int64_t> ToldValues::whole(const Cursor& value) {
    if (const Result<std::int64_t> told = value.as_i64()) {
        return *told;
    }
    const std::optional<double> told = number(value);
    if (!told) {
        return std::nullopt;
    }
    constexpr double kExact = 9007199254740992.0; // 2^53
    if (*told != std::floor(*told) || std::abs(*told) > kExact) {
        refuse(value);
        return std::nullopt;
    }
    return static_cast<std::int64_t>(*told);
}

std::optional<std::int64_t> ToldValues::whole_within(const Cursor& value, std::int64_t least, std::int64_t most) {
    const std::optional<std::int64_t> told = whole(value);
    if (told && (*told < least || *told > most)) {
        refuse(value);
        return std::nullopt;
    }
    return told;
}

std::optional<std::int64_t> ToldValues::count(const Cursor& value) {
    return whole_within(value, 0, kCountMax);
}

std::optional<std::int64_t> ToldValues::rank(const Cursor& value) {
    const std::optional<std::int64_t> told = whole_within(value, 0, kCountMax);
    return told == 0 ? std::nullopt : told;
}

std::optional<std::int64_t> ToldValues::height(const Cursor& value) {
    const std::optional<std::int64_t> told = whole_within(value, 0, kHeightMax);
    return told == 0 ? std::nullopt : told;
}

std::optional<Sat> ToldValues::amount(const Cursor& value) {
    if (const Result<std::int64_t> told = value.as_i64()) {
        if (*told < 0 || *told > kAllBitcoin.value) {
            refuse(value);
            return std::nullopt;
        }
        return Sat{*told};
    }
    // A median of two amounts may lie between two satoshi.
    const std::optional<double> told = number(value);
    if (told && (*told < 0 || *told > static_cast<double>(kAllBitcoin.value))) {
        refuse(value);
        return std::nullopt;
    }
    return told ? std::optional(Sat{std::llround(*told)}) : std::nullopt;
}

std::optional<double> ToldValues::ppm(const Cursor& value) {
    const std::optional<double> told = number(value);
    if (told && (*told < 0 || *told > kPpmMax)) {
        refuse(value);
        return std::nullopt;
    }
    return told;
}

std::optional<double> ToldValues::sat_per_vbyte(const Cursor& value) {
    return number_within(value, 0, kSatPerVbyteMax);
}

std::optional<double> ToldValues::price(const Cursor& value) {
    return number_within(value, 0, kPriceMax);
}

std::optional<std::string_view> ToldValues::text(const Cursor& value) {
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

std::optional<domain::PubKey> ToldValues::key(const Cursor& value) {
    const std::optional<std::string_view> told = text(value);
    std::optional<domain::PubKey> parsed = told ? domain::PubKey::parse(*told) : std::nullopt;
    if (told && !parsed) {
        refuse(value);
    }
    return parsed;
}

std::string ToldValues::alias(const Cursor& value) {
    const std::string_view told = text(value).value_or(std::string_view());
    if (told.size() > kAliasBytesMax) {
        refuse(value);
        return {};
    }
    return clean_text(told.substr(0, told.find_last_not_of('\0') + 1)).text;
}

std::string ToldValues::channel_id(const Cursor& value) {
    if (const Result<std::uint64_t> number = value.as_u64()) {
        return domain::ShortChannelId{*number}.text();
    }
    const std::string_view told = required(text(value), value);
    const std::optional<domain::ShortChannelId> id = domain::ShortChannelId::parse(told);
    if (!id) {
        refuse(value);
        return {};
    }
    return id->text();
}

Cursor ToldValues::object(Cursor value) {
    if (!value.is_absent() && !value.is_object()) {
        refuse(value);
    }
    return value;
}

std::optional<Time> ToldValues::believed(Time time) const {
    return time >= kBitcoinBegan && time <= latest_ ? std::optional(time) : std::nullopt;
}

std::optional<Time> ToldValues::unix_time(const Cursor& value) {
    const std::optional<std::int64_t> told = whole(value);
    return told ? believed(Time{std::chrono::seconds{*told}}) : std::nullopt;
}

std::optional<Time> ToldValues::iso_time(const Cursor& value) {
    const std::optional<std::string_view> told = text(value);
    const std::optional<Time> time = told ? parse_iso_time(*told) : std::nullopt;
    return time ? believed(*time) : std::nullopt;
}

void ToldValues::refuse(const Cursor& value) {
    refuse({"provider.beyond_belief", {{"path", value.path()}, {"found", excerpt(value)}}});
}

void ToldValues::refuse(Message what) {
    note({ErrorKind::bad_upstream, std::move(what)});
}

void ToldValues::miss(const Cursor& value) {
    refuse({"json.missing", {{"path", value.path()}}});
}

void ToldValues::note(Error error) {
    if (!fault_) {
        error.kind = ErrorKind::bad_upstream;
        fault_ = std::move(error);
    }
}

Result<void> ToldValues::verdict() const {
    return fault_ ? Result<void>(fail(*fault_)) : Result<void>();
}

} // namespace mcp::adapters
