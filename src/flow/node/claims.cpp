#include "flow/node/claims.hpp"

#include "base/iso_time.hpp"
#include "base/json/document.hpp"

#include <fmt/format.h>
#include <utility>

namespace mcp::flow {
namespace {

/// Percent-encoded but for what is plain in every shell.
std::string encoded(std::string_view text) {
    std::string safe;
    for (const char letter : text) {
        const bool is_plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                              (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' || letter == '.' ||
                              letter == '@';
        safe += is_plain ? std::string(1, letter) : fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    }
    return safe;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kBlank);
    return begin == text.npos ? std::string_view() : text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

} // namespace

std::string challenge_text(std::string_view user_id, const domain::PubKey& node, Time expires_at, std::uint64_t high,
                           std::uint64_t low) {
    return fmt::format("mcp-api may report on node {} to user {} only. Asked for until {}, number {:016x}{:016x}",
                       node.hex(), encoded(user_id), iso_time(expires_at), high, low);
}

std::string signature_in(std::string_view pasted) {
    const std::string_view text = trimmed(pasted);
    if (!text.starts_with('{')) {
        return std::string(text);
    }
    const json::Limits limits{.depth = 4, .string_bytes = NodeClaims::kSignatureMax, .text_bytes = 4 * text.size()};
    const Result<json::Document> document = json::Document::parse(text, limits);
    if (!document) {
        return std::string(text);
    }
    for (const std::string_view name : {"zbase", "signature"}) { // Core Lightning prints both, LND the second
        const Result<std::string_view> value = document->root().at(name).as_string();
        if (value) {
            return std::string(trimmed(*value));
        }
    }
    return std::string(text);
}

Task<Result<ports::Challenge>> NodeClaims::begin(ports::Caller caller, std::optional<domain::PubKey> node) {
    Result<domain::User> user = co_await needs_.accounts.profile(std::move(caller));
    if (!user) {
        co_return fail(std::move(user.error()));
    }
    if (!node && !user->node) {
        co_return fail(ErrorKind::invalid_input, {"claim.no_node", {}});
    }
    ports::Challenge challenge{.user_id = user->id,
                               .node = node ? *node : *user->node,
                               .text = {},
                               .expires_at = needs_.env.clock.now() + kOpen};
    const std::uint64_t high = needs_.env.chance.bits();
    const std::uint64_t low = needs_.env.chance.bits();
    challenge.text = challenge_text(user->id, challenge.node, challenge.expires_at, high, low);
    Result<void> kept = co_await needs_.store.put_challenge(challenge);
    if (!kept && kept.error().kind == ErrorKind::not_found) {
        co_return fail(ErrorKind::not_found, {"account.none", {}});
    }
    if (!kept) {
        co_return fail(std::move(kept.error()));
    }
    co_return challenge;
}

Task<Result<domain::PubKey>> NodeClaims::verify(ports::Caller caller, std::string signature) {
    Result<domain::User> user = co_await needs_.accounts.profile(std::move(caller));
    if (!user) {
        co_return fail(std::move(user.error()));
    }
    Result<std::optional<ports::Challenge>> challenge = co_await needs_.store.take_challenge(user->id);
    if (!challenge) {
        co_return fail(std::move(challenge.error()));
    }
    if (!*challenge) {
        co_return fail(ErrorKind::not_found, {"claim.none", {}});
    }
    const ports::Challenge& asked = **challenge;
    const Time now = needs_.env.clock.now();
    if (now >= asked.expires_at) {
        co_return fail(ErrorKind::invalid_input, {"claim.expired", {}});
    }
    const Result<domain::PubKey> signer = needs_.signatures.signer(asked.text, signature_in(signature));
    if (!signer) {
        co_return fail(ErrorKind::invalid_input, {"claim.no_signature", {}});
    }
    if (*signer != asked.node) {
        co_return fail(ErrorKind::forbidden, {"claim.other_signer", {{"key", asked.node.hex()}}});
    }
    Result<std::optional<std::string>> claimed =
        co_await needs_.store.claim_node(user->id, asked.node, domain::NodeProof::signature, now);
    if (!claimed && claimed.error().kind == ErrorKind::conflict) {
        co_return fail(ErrorKind::conflict, {"claim.taken", {{"key", asked.node.hex()}}});
    }
    if (!claimed) {
        co_return fail(std::move(claimed.error()));
    }
    if (*claimed) {
        needs_.env.log.write(LogLevel::info, "node", "a node was taken over from another user by its signature");
    }
    co_return asked.node;
}

} // namespace mcp::flow
