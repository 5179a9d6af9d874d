#include "adapters/graphs/live/feed_answers.hpp"
#include "adapters/graphs/live/lnd_feed.hpp"
#include "base/json/document.hpp"
#include "base/text.hpp"

#include <array>

namespace mcp::adapters {
namespace {

/// What LND says (0.18, recorded), and what it means; the first that is found counts.
struct Saying {
    std::string_view words;
    ErrorKind kind;
    std::string_view key;
};

constexpr std::array kSayings = {
    Saying{"wallet locked", ErrorKind::unavailable, "live.lnd_locked"},
    Saying{"waiting to start", ErrorKind::unavailable, "live.lnd_starting"},
    Saying{"in the process of starting up", ErrorKind::unavailable, "live.lnd_starting"},
    Saying{"expected 1 macaroon", ErrorKind::unauthenticated, "live.lnd_no_macaroon"},
    Saying{"macaroon has expired", ErrorKind::unauthenticated, "live.lnd_macaroon_expired"},
    Saying{"locked to different IP address", ErrorKind::unauthenticated, "live.lnd_macaroon_address"},
    Saying{"permission denied", ErrorKind::forbidden, "live.lnd_macaroon_weak"},
    Saying{"verification failed", ErrorKind::unauthenticated, "live.lnd_macaroon_other"},
    Saying{"cannot get macaroon", ErrorKind::unauthenticated, "live.lnd_macaroon_other"},
    Saying{"encoding/hex", ErrorKind::unauthenticated, "live.lnd_macaroon_damaged"},
    Saying{"cannot determine data format", ErrorKind::unauthenticated, "live.lnd_macaroon_damaged"},
    Saying{"unmarshal", ErrorKind::unauthenticated, "live.lnd_macaroon_damaged"},
    Saying{"HTTP request to an HTTPS server", ErrorKind::bad_upstream, "live.lnd_https"},
};

Error no_lnd() {
    return {.kind = ErrorKind::bad_upstream, .what = {"live.no_lnd", {}}};
}

} // namespace

Error lnd_refusal(const ports::HttpResponse& answer) {
    const std::string said = said_in(answer.body);
    for (const Saying& saying : kSayings) {
        if (said.find(saying.words) != std::string::npos) {
            return {.kind = saying.kind, .what = {saying.key, {}}};
        }
    }
    return odd_answer(answer);
}

namespace {

/// Whether the "not found" is that of LND's REST, and not of any web server, which no macaroon must be shown to.
bool is_of_gateway(const ports::HttpResponse& answer) {
    constexpr std::uint64_t kNotFound = 5;
    const Result<json::Document> document = json::Document::parse(answer.body.substr(0, 1 << 16));
    return document && document->root().at("code").as_u64() == kNotFound;
}

} // namespace

Result<void> read_lnd_state(const ports::HttpResponse& answer) {
    if (answer.status == 404 && is_of_gateway(answer)) {
        return {}; // older than 0.13: getinfo tells
    }
    if (answer.status != 200) {
        return fail(lnd_refusal(answer));
    }
    const Result<json::Document> document = json::Document::parse(answer.body);
    const Result<std::string_view> state = document ? document->root().at("state").as_string() : fail(document.error());
    if (!state) {
        return fail(no_lnd());
    }
    if (*state == "LOCKED") {
        return fail(ErrorKind::unavailable, {"live.lnd_locked", {}});
    }
    if (*state == "NON_EXISTING") {
        return fail(ErrorKind::unavailable, {"live.lnd_no_wallet", {}});
    }
    if (*state == "WAITING_TO_START" || *state == "UNLOCKED") {
        return fail(ErrorKind::unavailable, {"live.lnd_starting", {}});
    }
    return {};
}

Result<FeedFacts> read_lnd_info(const ports::HttpResponse& answer) {
    if (answer.status != 200) {
        return fail(lnd_refusal(answer));
    }
    const Result<json::Document> document = json::Document::parse(answer.body);
    if (!document || !document->root().at("identity_pubkey").as_string()) {
        return fail(no_lnd());
    }
    const Result<bool> knows_all = document->root().at("synced_to_graph").as_bool();
    if (!knows_all || !*knows_all) {
        return fail(ErrorKind::unavailable, {"live.lnd_half_synced", {}});
    }
    const Result<std::string_view> version = document->root().at("version").as_string();
    return FeedFacts{.version = clean_text(version.value_or("").substr(0, 100)).text, .as_of = {}};
}

} // namespace mcp::adapters
