#pragma once
#include "ports/own_node.hpp"
#include "ports/secrets.hpp"
#include "tests/support/virtual_time.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What connecting a node takes, in memory: no cryptography, and every fault that a test plants.
namespace mcp::test {

/// Seals by hexadecimal digits, so that a search for a secret does not find it by chance.
class HexVault final : public ports::Vault {
public:
    [[nodiscard]] Result<std::string> seal(std::string_view user_id, const ports::NodeSecret& secret) const override {
        if (fault) {
            return fail(*fault);
        }
        return hex(user_id) + "." + hex(secret.secret) + "." + hex(secret.certificate);
    }
    [[nodiscard]] Result<ports::NodeSecret> open(std::string_view user_id, std::string_view sealed) const override {
        if (fault) {
            return fail(*fault);
        }
        const std::size_t first = sealed.find('.');
        const std::size_t second = sealed.rfind('.');
        if (first == sealed.npos || first == second || sealed.substr(0, first) != hex(user_id)) {
            return fail(ErrorKind::internal, {"secrets.not_intact", {}});
        }
        return ports::NodeSecret{.secret = text(sealed.substr(first + 1, second - first - 1)),
                                 .certificate = text(sealed.substr(second + 1))};
    }
    [[nodiscard]] bool is_outdated(std::string_view) const override { return false; }

    std::optional<Error> fault;

private:
    static std::string hex(std::string_view text) {
        std::string digits;
        for (const char letter : text) {
            digits += fmt::format("{:02x}", static_cast<unsigned char>(letter));
        }
        return digits;
    }
    static std::string text(std::string_view digits) {
        std::string all;
        for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
            all += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
        }
        return all;
    }
};

/// Takes what begins with "read" for harmless, and with "write" for what could spend; all else is none.
class WordCredentials final : public ports::Credentials {
public:
    [[nodiscard]] Result<ports::CredentialFacts> examine(domain::NodeKind, std::string_view given,
                                                         Time) const override {
        if (given.starts_with("write")) {
            return fail(ErrorKind::forbidden,
                        {"credential.rune_unrestricted", {{"command", std::string("lightning-cli createrune")}}});
        }
        if (!given.starts_with("read")) {
            return fail(ErrorKind::invalid_input, {"credential.no_macaroon", {}});
        }
        return ports::CredentialFacts{
            .secret = std::string(given), .expires_at = expires_at, .rights = {"info:read"}, .advice = advice};
    }

    std::optional<Time> expires_at;
    std::vector<Message> advice;
};

/// A signature of a node is its key, a colon and the text; one of an agent a sum of key and bytes.
class PlainSignatures final : public ports::Signatures {
public:
    [[nodiscard]] static std::string by(const domain::PubKey& node, std::string_view text) {
        return fmt::format("{}:{}", node.hex(), text);
    }
    [[nodiscard]] static std::string of_agent(std::string_view key, std::string_view bytes) {
        std::uint64_t sum = 14695981039346656037U;
        for (const std::string_view part : {key, bytes}) {
            for (const char letter : part) {
                sum = (sum ^ static_cast<unsigned char>(letter)) * 1099511628211U;
            }
        }
        return fmt::format("{:016x}{:0112x}", sum, 0);
    }

    [[nodiscard]] Result<domain::PubKey> signer(std::string_view text, std::string_view zbase) const override {
        const std::optional<domain::PubKey> key = domain::PubKey::parse(zbase.substr(0, zbase.find(':')));
        if (!key) {
            return fail(ErrorKind::invalid_input, {"claim.no_signature", {}});
        }
        domain::PubKey told = *key; // of another text some other key comes out, as with a real one
        told.bytes[5] ^= zbase == by(*key, text) ? 0 : 0x5A;
        return told;
    }
    [[nodiscard]] bool is_signed(std::string_view key, std::string_view bytes,
                                 std::string_view signature) const override {
        return signature == of_agent(key, bytes);
    }
};

/// A node that tells what a test sets, in its time, and keeps how it was asked.
class TriedNode final : public ports::NodeReader {
public:
    explicit TriedNode(VirtualTime& time) : time_(time) {}

    [[nodiscard]] Result<std::string> check_url(std::string_view url) const override {
        if (!url.starts_with("https://")) {
            return fail(ErrorKind::invalid_input, {"node_url.scheme", {{"example", std::string("https://a.b:8080")}}});
        }
        if (url.find("127.0.0.1") != url.npos) {
            return fail(ErrorKind::forbidden, {"fetch.address_refused", {{"address", std::string("127.0.0.1")}}});
        }
        return std::string(url.substr(0, url.find_last_not_of('/') + 1));
    }
    [[nodiscard]] Task<Result<domain::OwnNode>> read(ports::NodeAccess, Day, std::vector<domain::NodeDayFlow>,
                                                     Timer::Span) override {
        co_return fail(ErrorKind::internal, {"outside.fault", {}});
    }
    [[nodiscard]] Task<Result<ports::NodeTrial>> try_out(ports::NodeAccess access, Timer::Span time_max) override {
        tries.push_back(std::move(access));
        co_await time_.timer().wait(std::min(takes, time_max));
        if (takes > time_max) {
            co_return fail(ErrorKind::timeout, {"live.no_time", {}});
        }
        if (fault) {
            co_return fail(*fault);
        }
        co_return trial;
    }
    [[nodiscard]] Task<Result<void>> knock(ports::NodeAccess, Timer::Span) override {
        co_return fail(ErrorKind::internal, {"outside.fault", {}});
    }

    ports::NodeTrial trial = {.key = {}, .alias = "my node", .version = "0.18.5-beta", .doubts = {}, .missing = {}};
    std::optional<Error> fault;
    Timer::Span takes = std::chrono::seconds{1};
    std::vector<ports::NodeAccess> tries;

private:
    VirtualTime& time_;
};

} // namespace mcp::test
