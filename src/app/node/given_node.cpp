#include "app/node/given_node.hpp"

#include "adapters/graphs/live/node_keys.hpp"

#include <utility>

namespace mcp::app {
namespace {

Result<std::string> credential_in(const NodeOptions& options) {
    Result<std::optional<std::string>> text = options.kind() == domain::NodeKind::lnd
                                                  ? adapters::macaroon_hex(options.macaroon_file)
                                                  : adapters::rune_text(options.rune_file);
    return std::move(text).map([](std::optional<std::string> found) { return std::move(found).value_or(""); });
}

} // namespace

std::optional<Message> fault_of_call(const NodeOptions& options) {
    const bool has_macaroon = !options.macaroon_file.empty();
    const bool has_rune = !options.rune_file.empty();
    if (!options.is_given()) {
        const bool names_more = has_macaroon || has_rune || !options.certificate_file.empty();
        return names_more ? std::optional(Message{"usage.node_url_missing", {}}) : std::nullopt;
    }
    return has_macaroon == has_rune ? std::optional(Message{"usage.macaroon_or_rune", {}}) : std::nullopt;
}

Result<GivenNode> given_node(const NodeOptions& options, const ports::NodeReader& reader,
                             const ports::Credentials& credentials, Time now) {
    Result<std::string> url = reader.check_url(options.url);
    if (!url) {
        return fail(std::move(url.error()).in({"usage.option", {{"option", std::string("--node-url")}}}));
    }
    const Result<std::string> given = credential_in(options);
    if (!given) {
        return fail(given.error());
    }
    Result<ports::CredentialFacts> facts = credentials.examine(options.kind(), *given, now);
    const std::string& file = options.kind() == domain::NodeKind::lnd ? options.macaroon_file : options.rune_file;
    if (!facts) {
        return fail(std::move(facts.error()).in({"file.path", {{"path", file}}}));
    }
    std::vector<Message> advice;
    for (Message& one : facts->advice) {
        advice.push_back({"given_node.advice", {{"file", file}, {"advice", std::vector<Message>{std::move(one)}}}});
    }
    Result<std::optional<std::string>> certificate = adapters::certificate_pem(options.certificate_file);
    if (!certificate) {
        return fail(std::move(certificate.error()));
    }
    return GivenNode{.access = {.kind = options.kind(),
                                .url = std::move(*url),
                                .secret = std::move(facts->secret),
                                .certificate = std::move(*certificate).value_or("")},
                     .expires_at = facts->expires_at,
                     .advice = std::move(advice)};
}

} // namespace mcp::app
