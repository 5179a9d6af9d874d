#include "adapters/security/macaroon_examination.hpp"

#include "adapters/security/credentials_bytes.hpp"
#include "adapters/security/macaroon.hpp"
#include "adapters/security/macaroon_rights.hpp"
#include "base/iso_time.hpp"
#include "domain/credential_commands.hpp"
#include "domain/own_node.hpp"

#include <algorithm>
#include <array>

namespace mcp::adapters {
namespace {

using Rights = std::vector<MacaroonRight>;

constexpr std::string_view kUri = "uri";
constexpr std::size_t kNamedMax = 20; ///< rights in one sentence

/// What we ask of LND, with what opens it. A macaroon by calls may hold the rest of the list too: all of it only reads.
struct NeededCall {
    std::string_view call;
    std::string_view entity; ///< whose `read` opens it as well; empty: we do not make it
    std::string_view part;   ///< message: what the report lacks without it
};

constexpr std::array<NeededCall, 16> kReadingCalls{{
    {"/lnrpc.Lightning/GetInfo", "info", "credential.part_info"},
    {"/lnrpc.Lightning/ListChannels", "offchain", "credential.part_channels"},
    {"/lnrpc.Lightning/PendingChannels", "offchain", "credential.part_pending"},
    {"/lnrpc.Lightning/ClosedChannels", "offchain", "credential.part_closings"},
    {"/lnrpc.Lightning/ForwardingHistory", "offchain", "credential.part_forwards"},
    {"/lnrpc.Lightning/FeeReport", "offchain", "credential.part_fees"},
    {"/lnrpc.Lightning/ChannelBalance", "offchain", "credential.part_balances"},
    {"/lnrpc.Lightning/WalletBalance", "onchain", "credential.part_wallet"},
    {"/lnrpc.Lightning/GetTransactions", "onchain", "credential.part_chain_costs"},
    {"/lnrpc.Lightning/ListPeers", "peers", "credential.part_peers"},
    {"/lnrpc.Lightning/GetNodeInfo", "", ""},
    {"/lnrpc.Lightning/GetChanInfo", "", ""},
    {"/lnrpc.Lightning/GetNetworkInfo", "", ""},
    {"/lnrpc.Lightning/DescribeGraph", "", ""},
    {"/routerrpc.Router/QueryMissionControl", "", ""},
    {"/lnrpc.State/GetState", "", ""},
}};

bool has(const Rights& rights, std::string_view entity, std::string_view action) {
    return std::any_of(rights.begin(), rights.end(),
                       [&](const MacaroonRight& right) { return right.entity == entity && right.action == action; });
}

bool only_reads(const MacaroonRight& right) {
    if (right.entity != kUri) {
        return right.action == "read";
    }
    return std::any_of(kReadingCalls.begin(), kReadingCalls.end(),
                       [&](const NeededCall& reading) { return reading.call == right.action; });
}

bool is_needed(const MacaroonRight& right) {
    return right.entity == kUri || std::any_of(kReadingCalls.begin(), kReadingCalls.end(),
                                               [&](const NeededCall& call) { return call.entity == right.entity; });
}

/// The rights that `is_meant`, for a sentence: the first of many, then how many there are beside them.
template <typename Meant>
std::vector<Message> named(const Rights& rights, Meant is_meant) {
    std::vector<Message> names;
    std::int64_t more = 0;
    for (const MacaroonRight& right : rights) {
        if (is_meant(right) && names.size() < kNamedMax) {
            names.push_back({"credential.right", {{"right", shown(right.text())}}});
        } else if (is_meant(right)) {
            ++more;
        }
    }
    if (more > 0) {
        names.push_back({"credential.more_rights", {{"count", more}}});
    }
    return names;
}

tl::unexpected<Error> refuse(ErrorKind kind, Message what) {
    return fail(kind, std::move(what));
}

Result<std::string> bytes_of(std::string_view given) {
    const bool is_binary = given.starts_with('\x02'); // from a file
    if (given.size() > (is_binary ? kCredentialBytesMax : kCredentialTextBytesMax)) {
        return refuse(ErrorKind::invalid_input,
                      {"credential.too_long", {{"limit", static_cast<std::int64_t>(kCredentialBytesMax)}}});
    }
    if (is_binary) {
        return std::string(given);
    }
    const std::string text = without_blanks(given);
    if (text.empty()) {
        return refuse(ErrorKind::invalid_input, {"credential.empty", {}});
    }
    std::optional<std::string> bytes = from_hex(text);
    bytes = bytes ? std::move(bytes) : from_base64(text);
    if (!bytes) {
        return refuse(ErrorKind::invalid_input, {"credential.no_macaroon", {}});
    }
    return *std::move(bytes);
}

/// The moment until which "time-before 2026-01-02T03:04:05.678Z" holds.
std::optional<Time> end_of(std::string_view caveat) {
    constexpr std::string_view kTimeBefore = "time-before ";
    return caveat.starts_with(kTimeBefore) ? parse_iso_time(caveat.substr(kTimeBefore.size())) : std::nullopt;
}

Message condition_advice(std::string_view caveat) {
    for (const std::string_view bound : {"ipaddr ", "iprange "}) {
        if (caveat.starts_with(bound)) {
            return {"credential.bound_to_address", {{"address", shown(caveat.substr(bound.size()))}}};
        }
    }
    return {"credential.other_condition", {{"condition", shown(caveat)}}};
}

void read_caveats(const std::vector<std::string>& caveats, ports::CredentialFacts& facts) {
    for (const std::string& caveat : caveats) {
        if (const std::optional<Time> end = end_of(caveat)) {
            if (*end < domain::kNeverExpires) {
                facts.expires_at = std::min(*end, facts.expires_at.value_or(*end));
            }
        } else {
            facts.advice.push_back(condition_advice(caveat));
        }
    }
}

/// What we shall ask for in vain: the missing rights, each once, and what the report lacks for it.
void advise_of_missing(const Rights& rights, std::vector<Message>& advice) {
    const bool is_by_calls =
        std::any_of(rights.begin(), rights.end(), [](const MacaroonRight& right) { return right.entity == kUri; });
    Rights missing;
    std::vector<Message> parts;
    for (const NeededCall& needed : kReadingCalls) {
        if (needed.entity.empty() || has(rights, needed.entity, "read") || has(rights, kUri, needed.call)) {
            continue;
        }
        parts.push_back({needed.part, {}});
        const std::string_view action = is_by_calls ? needed.call : "read";
        const std::string_view entity = is_by_calls ? kUri : needed.entity;
        if (!has(missing, entity, action)) {
            missing.push_back({std::string(entity), std::string(action)});
        }
    }
    if (!missing.empty()) {
        advice.push_back(
            {"credential.lacks",
             {{"rights", named(missing, [](const MacaroonRight&) { return true; })}, {"parts", std::move(parts)}}});
    }
}

void advise(const Rights& rights, ports::CredentialFacts& facts) {
    advise_of_missing(rights, facts.advice);
    std::vector<Message> unneeded = named(rights, [](const MacaroonRight& right) { return !is_needed(right); });
    if (!unneeded.empty()) {
        facts.advice.push_back({"credential.reads_more",
                                {{"rights", std::move(unneeded)}, {"command", std::string(domain::kBakeMacaroon)}}});
    }
    if (!facts.expires_at) {
        facts.advice.push_back({"credential.never_expires", {{"option", std::string("--timeout=31536000")}}});
    }
}

} // namespace

Result<ports::CredentialFacts> examine_macaroon(std::string_view given, Time now) {
    const Result<std::string> bytes = bytes_of(given);
    if (!bytes) {
        return fail(bytes.error());
    }
    const Result<Macaroon> macaroon = parse_macaroon(*bytes);
    const Result<Rights> rights = macaroon ? rights_of(macaroon->identifier) : fail(macaroon.error());
    if (!rights) {
        return fail(rights.error());
    }
    std::vector<Message> harmful = named(*rights, [](const MacaroonRight& right) { return !only_reads(right); });
    if (!harmful.empty()) {
        return refuse(ErrorKind::forbidden, {"credential.macaroon_writes",
                                             {{"rights", std::move(harmful)},
                                              {"command", std::string(domain::kBakeMacaroon)},
                                              {"narrow", std::string(domain::kBakeNarrowMacaroon)}}});
    }
    ports::CredentialFacts facts;
    facts.secret = to_hex(*bytes);
    for (const MacaroonRight& right : *rights) {
        facts.rights.push_back(shown(right.text()));
    }
    read_caveats(macaroon->caveats, facts);
    if (facts.expires_at && *facts.expires_at <= now) {
        return refuse(ErrorKind::forbidden,
                      {"credential.macaroon_expired",
                       {{"time", *facts.expires_at}, {"command", std::string(domain::kBakeMacaroon)}}});
    }
    advise(*rights, facts);
    return facts;
}

} // namespace mcp::adapters
