#include "flow/openings.hpp"

#include "base/json/document.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace mcp::flow {
namespace {

using analysis::OpenAdvice;
using analysis::OpenCandidate;

/// FNV-1a, 64 bits (Fowler, Noll, Vo): the same everywhere, unlike std::hash. Chance collisions cost a week at most.
class Digest {
public:
    void add(std::uint64_t word) {
        for (int byte = 0; byte < 8; ++byte) {
            add_byte(static_cast<std::uint8_t>(word >> (8 * byte)));
        }
    }
    void add(const domain::PubKey& key) {
        for (const std::uint8_t byte : key.bytes) {
            add_byte(byte);
        }
    }
    [[nodiscard]] std::string hex() const { return fmt::format("{:016x}", state_); }

private:
    void add_byte(std::uint8_t byte) { state_ = (state_ ^ byte) * 0x100000001B3; }

    std::uint64_t state_ = 0xCBF29CE484222325;
};

std::string candidate_text(const OpenCandidate& candidate, const domain::Network& network) {
    return fmt::format(R"({{"peer":"{}","arrivals":{},"departures":[{}]}})", network.nodes[candidate.peer].key.hex(),
                       candidate.arrivals, fmt::join(candidate.departures, ","));
}

std::string advice_text(const OpenAdvice& advice, const domain::Network& network) {
    std::vector<std::int64_t> fees;
    for (const Ppm fee : advice.own_fees) {
        fees.push_back(fee.value);
    }
    std::vector<std::string> candidates;
    for (const OpenCandidate& candidate : advice.candidates) {
        candidates.push_back(candidate_text(candidate, network));
    }
    return fmt::format(
        R"({{"capacity_sats":{},"amount_msat":{},"betweenness_now":{},"usual_fee_ppm":{},"own_fees_ppm":[{}],"candidates":[{}]}})",
        advice.capacity.value, advice.amount.value, advice.betweenness_now, advice.usual_fee.value,
        fmt::join(fees, ","), fmt::join(candidates, ","));
}

/// Reads members of one object and remembers the first fault, so that a reader is a plain list of members.
class Members {
public:
    explicit Members(json::Cursor object) : object_(std::move(object)) {}

    std::int64_t whole(std::string_view name) { return keep(object_.at(name).as_i64(), std::int64_t{0}); }
    double number(std::string_view name) { return keep(object_.at(name).as_double(), 0.0); }
    std::string text(std::string_view name) {
        return std::string(keep(object_.at(name).as_string(), std::string_view{}));
    }
    std::vector<json::Cursor> items(std::string_view name) {
        return keep(object_.at(name).items(), std::vector<json::Cursor>{});
    }
    template <typename T>
    T keep(Result<T> read, T otherwise) {
        if (read) {
            return std::move(*read);
        }
        fault_ = fault_ ? std::move(fault_) : std::optional(std::move(read.error()));
        return otherwise;
    }
    [[nodiscard]] std::optional<Error>& fault() { return fault_; }

private:
    json::Cursor object_;
    std::optional<Error> fault_;
};

/// @return nothing for a peer that is in today's graph no more
Result<std::optional<OpenCandidate>> read_candidate(const json::Cursor& object, std::size_t fees,
                                                    const domain::Network& network) {
    Members members(object);
    const std::optional<domain::PubKey> key = domain::PubKey::parse(members.text("peer"));
    OpenCandidate candidate{.peer = 0, .arrivals = members.number("arrivals"), .departures = {}};
    for (const json::Cursor& gain : members.items("departures")) {
        candidate.departures.push_back(members.keep(gain.as_double(), 0.0));
    }
    if (members.fault()) {
        return fail(std::move(*members.fault()));
    }
    if (!key || candidate.departures.size() != fees) {
        return fail(ErrorKind::invalid_input, {"openings.unreadable", {}});
    }
    const std::optional<domain::NodeId> peer = network.find(*key);
    if (!peer) {
        return std::optional<OpenCandidate>();
    }
    candidate.peer = *peer;
    return std::optional(std::move(candidate));
}

} // namespace

std::string digest_of_channels(const domain::Network& network, domain::NodeId node) {
    Digest digest;
    for (const domain::ChannelIx ix : network.channels_of(node)) {
        const domain::Channel& channel = network.channels[ix];
        digest.add(channel.id.value);
        digest.add(network.nodes[channel.peer_of(node)].key);
        digest.add(static_cast<std::uint64_t>(channel.capacity.value_or(Sat{-1}).value));
    }
    return digest.hex();
}

bool is_fresh(const ports::KeptOpenings& kept, const domain::Network& network, domain::NodeId node, Day today) {
    const bool recent = kept.computed_on <= today && today - kept.computed_on < kOpeningsKept;
    return recent && kept.channels == digest_of_channels(network, node);
}

ports::KeptOpenings to_keep(const OpenAdvice& advice, const domain::Network& network, domain::NodeId node, Day today) {
    return {.node = network.nodes[node].key,
            .channels = digest_of_channels(network, node),
            .computed_on = today,
            .advice = advice_text(advice, network)};
}

Result<OpenAdvice> from_kept(const ports::KeptOpenings& kept, const domain::Network& network) {
    const Result<json::Document> document = json::Document::parse(kept.advice);
    if (!document) {
        return fail(document.error());
    }
    Members members(document->root());
    OpenAdvice advice{.capacity = Sat{members.whole("capacity_sats")},
                      .amount = Msat{members.whole("amount_msat")},
                      .betweenness_now = members.number("betweenness_now"),
                      .usual_fee = Ppm{members.whole("usual_fee_ppm")},
                      .own_fees = {},
                      .candidates = {},
                      .computed_on = kept.computed_on};
    for (const json::Cursor& fee : members.items("own_fees_ppm")) {
        advice.own_fees.push_back(Ppm{members.keep(fee.as_i64(), std::int64_t{0})});
    }
    const std::vector<json::Cursor> candidates = members.items("candidates");
    if (members.fault()) {
        return fail(std::move(*members.fault()));
    }
    for (const json::Cursor& object : candidates) {
        Result<std::optional<OpenCandidate>> candidate = read_candidate(object, advice.own_fees.size(), network);
        if (!candidate) {
            return fail(std::move(candidate.error()));
        }
        if (*candidate) {
            advice.candidates.push_back(std::move(**candidate));
        }
    }
    return advice;
}

} // namespace mcp::flow
