#include "adapters/security/rune_examination.hpp"

#include "adapters/security/credentials_bytes.hpp"
#include "adapters/security/rune.hpp"
#include "adapters/security/rune_methods.hpp"
#include "domain/credential_commands.hpp"
#include "domain/own_node.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace mcp::adapters {
namespace {

constexpr std::int64_t kRateMin = 60; ///< calls a minute, as kCreateRune has it: one reading makes some 10 at once

struct NeededMethod {
    std::string_view method;
    std::string_view part; ///< message: what the report lacks without it
};

constexpr std::array<NeededMethod, 7> kNeededMethods{{
    {"getinfo", "credential.part_info"},
    {"listpeerchannels", "credential.part_channels"},
    {"listclosedchannels", "credential.part_closings"},
    {"listforwards", "credential.part_forwards"},
    {"listfunds", "credential.part_wallet"},
    {"bkpr-listincome", "credential.part_chain_costs"},
    {"listpeers", "credential.part_peers"},
}};

std::string text_of(const RuneRestriction& alternatives) {
    std::string text;
    for (const RuneCondition& condition : alternatives) {
        text += (text.empty() ? "" : "|") + condition.text();
    }
    return text;
}

bool is_about(const RuneRestriction& alternatives, std::string_view field) {
    return std::all_of(alternatives.begin(), alternatives.end(), [&](const RuneCondition& condition) {
        return condition.field == field || condition.test == RuneTest::comment;
    });
}

std::optional<std::int64_t> number_in(const RuneCondition& condition, RuneTest test) {
    std::int64_t number = 0;
    const char* end = condition.value.data() + condition.value.size();
    const auto read = std::from_chars(condition.value.data(), end, number);
    const bool is_number = condition.test == test && read.ec == std::errc() && read.ptr == end;
    return is_number ? std::optional(number) : std::nullopt;
}

/// The moment until which "time<1767225600" holds; of alternatives the last one, and nothing when one is no such test.
std::optional<Time> end_of(const RuneRestriction& alternatives) {
    std::int64_t end = 0;
    for (const RuneCondition& condition : alternatives) {
        const std::optional<std::int64_t> until = number_in(condition, RuneTest::is_less);
        if (condition.field != "time" || !until) {
            return std::nullopt;
        }
        end = std::max(end, *until);
    }
    return Time{std::chrono::seconds{end}};
}

/// Whether it allows as many calls a minute as a reading needs.
bool is_ample_rate(const RuneRestriction& alternatives) {
    return alternatives.size() == 1 && alternatives.front().field == "rate" &&
           number_in(alternatives.front(), RuneTest::equals).value_or(0) >= kRateMin;
}

void read_restrictions(const Rune& rune, ports::CredentialFacts& facts) {
    for (const RuneRestriction& alternatives : rune.restrictions) {
        facts.rights.push_back(shown(text_of(alternatives)));
        if (const std::optional<Time> end = end_of(alternatives)) {
            if (*end < domain::kNeverExpires) {
                facts.expires_at = std::min(*end, facts.expires_at.value_or(*end));
            }
        } else if (!is_about(alternatives, "method") && !is_ample_rate(alternatives)) {
            facts.advice.push_back({"credential.other_condition", {{"condition", shown(text_of(alternatives))}}});
        }
    }
}

void advise_of_missing(const Rune& rune, std::vector<Message>& advice) {
    std::vector<Message> methods;
    std::vector<Message> parts;
    for (const NeededMethod& needed : kNeededMethods) {
        if (!may_call(rune, needed.method)) {
            methods.push_back({"credential.right", {{"right", std::string(needed.method)}}});
            parts.push_back({needed.part, {}});
        }
    }
    if (!methods.empty()) {
        advice.push_back({"credential.lacks", {{"rights", std::move(methods)}, {"parts", std::move(parts)}}});
    }
}

void advise(const Rune& rune, Time now, ports::CredentialFacts& facts) {
    constexpr std::chrono::days kYear{365};
    advise_of_missing(rune, facts.advice);
    if (may_call(rune, "getsharedsecret")) {
        facts.advice.push_back({"credential.shared_secret", {{"command", std::string(domain::kCreateRune)}}});
    }
    if (!facts.expires_at) {
        const std::int64_t in_a_year = (now + kYear).time_since_epoch().count();
        facts.advice.push_back(
            {"credential.never_expires", {{"option", "[\"time<" + std::to_string(in_a_year) + "\"]"}}});
    }
}

tl::unexpected<Error> refuse_power(const Rune& rune) {
    const auto is_comment = [](const RuneRestriction& alternatives) {
        return is_about(alternatives, ""); // no field has that name: all are comments
    };
    if (std::all_of(rune.restrictions.begin(), rune.restrictions.end(), is_comment)) {
        return fail(ErrorKind::forbidden,
                    {"credential.rune_unrestricted", {{"command", std::string(domain::kCreateRune)}}});
    }
    std::string restrictions;
    for (const RuneRestriction& alternatives : rune.restrictions) {
        restrictions += (restrictions.empty() ? "" : "&") + text_of(alternatives);
    }
    return fail(ErrorKind::forbidden,
                {"credential.rune_writes",
                 {{"restrictions", shown(restrictions)}, {"command", std::string(domain::kCreateRune)}}});
}

Result<std::string> text_of_rune(std::string_view given) {
    if (given.size() > kCredentialTextBytesMax) {
        return fail(ErrorKind::invalid_input,
                    {"credential.too_long", {{"limit", static_cast<std::int64_t>(kCredentialBytesMax)}}});
    }
    std::string text = without_blanks(given);
    if (text.empty()) {
        return fail(ErrorKind::invalid_input, {"credential.empty", {}});
    }
    return text;
}

} // namespace

Result<ports::CredentialFacts> examine_rune(std::string_view given, Time now) {
    const Result<std::string> text = text_of_rune(given);
    const Result<Rune> rune = text ? parse_rune(*text) : fail(text.error());
    if (!rune) {
        return fail(rune.error());
    }
    if (!only_reads(*rune)) {
        return refuse_power(*rune);
    }
    ports::CredentialFacts facts;
    facts.secret = *text;
    read_restrictions(*rune, facts);
    if (facts.expires_at && *facts.expires_at <= now) {
        return fail(
            ErrorKind::forbidden,
            {"credential.rune_expired", {{"time", *facts.expires_at}, {"command", std::string(domain::kCreateRune)}}});
    }
    advise(*rune, now, facts);
    return facts;
}

} // namespace mcp::adapters
