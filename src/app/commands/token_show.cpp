#include "adapters/security/compact_token.hpp"
#include "adapters/security/token_claims.hpp"
#include "app/commands/given_token.hpp"
#include "app/commands/token.hpp"
#include "base/iso_time.hpp"
#include "base/json_text.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

namespace mcp::app {
namespace {

/// 1e999 is a number in JSON's grammar and none that could be written again.
bool is_writable(const boost::json::value& value) {
    if (const boost::json::array* array = value.if_array()) {
        return std::all_of(array->begin(), array->end(), is_writable);
    }
    if (const boost::json::object* object = value.if_object()) {
        return std::all_of(object->begin(), object->end(),
                           [](const auto& member) { return is_writable(member.value()); });
    }
    const double* number = value.if_double();
    return number == nullptr || std::isfinite(*number);
}

/// A part of a token as JSON; nothing for what is none.
std::optional<boost::json::value> parsed(const std::string& json) {
    boost::json::error_code fault;
    boost::json::value value = boost::json::parse(json, fault);
    return fault || !value.is_object() || !is_writable(value) ? std::nullopt : std::optional(std::move(value));
}

boost::json::value expiry(const boost::json::value& claims) {
    const boost::json::value* expires = claims.as_object().if_contains("exp");
    const std::optional<Time> time = expires != nullptr && expires->is_number()
                                         ? adapters::numeric_date(expires->to_number<double>())
                                         : std::nullopt;
    return time ? boost::json::value(iso_time(*time)) : boost::json::value(nullptr);
}

/// Control characters that JSON leaves as they are (C1, overrides of the direction) must not reach a terminal.
std::string safe_lines(const std::string& text) {
    std::string safe;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        safe += clean_text(text.substr(at, end - at)).text + "\n";
        at = end + 1;
    }
    return safe;
}

} // namespace

int token_show(const TokenShowOptions& options, Io& io, const ConfigWorld& world) {
    if (options.token.empty()) {
        return refuse_call(io, {"usage.no_token", {}});
    }
    const Result<std::string> token = given_token(options.token, world);
    const Result<adapters::CompactToken> parts = token ? adapters::split_token(*token) : fail(token.error());
    if (!parts) {
        return report_failure(io, parts.error());
    }
    const std::optional<boost::json::value> header = parsed(parts->header);
    const std::optional<boost::json::value> claims = parsed(parts->claims);
    if (!header || !claims) {
        return report_failure(io, {.kind = ErrorKind::invalid_input, .what = {"token.not_shown", {}}});
    }
    warn(io, {"token.unchecked", {}});
    const boost::json::object shown{
        {"verified", false}, {"header", *header}, {"claims", *claims}, {"expires_at", expiry(*claims)}};
    return deliver(io, safe_lines(json_text(shown)));
}

} // namespace mcp::app
