#include "app/node/rotate_secrets.hpp"

#include <optional>

namespace mcp::app {
namespace {

constexpr std::size_t kBatch = 200;

/// The service may have a user connect anew meanwhile: what it sealed then is newer than what we read.
Task<Result<bool>> replace(ports::Store& store, domain::NodeLink link, std::string sealed) {
    Result<std::optional<domain::NodeLink>> now = co_await store.link(link.user_id);
    if (!now) {
        co_return fail(std::move(now.error()));
    }
    if (!*now || (*now)->sealed != link.sealed) {
        co_return false;
    }
    domain::NodeLink anew = std::move(**now);
    anew.sealed = std::move(sealed);
    Result<void> put = co_await store.put_link(std::move(anew));
    if (!put && put.error().kind == ErrorKind::not_found) { // the user has just gone
        co_return false;
    }
    co_return put.map([] { return true; });
}

Task<Result<void>> rotate(ports::Store& store, const ports::Vault& vault, domain::NodeLink link, Rotated& rotated) {
    if (link.sealed.empty()) { // an agent's: it has no credential here
        co_return Result<void>();
    }
    const Result<ports::NodeSecret> secret = vault.open(link.user_id, link.sealed);
    if (!secret) {
        rotated.closed.emplace_back(link.user_id, secret.error());
        co_return Result<void>();
    }
    if (!vault.is_outdated(link.sealed)) {
        ++rotated.up_to_date;
        co_return Result<void>();
    }
    Result<std::string> sealed = vault.seal(link.user_id, *secret);
    if (!sealed) {
        co_return fail(std::move(sealed.error()));
    }
    std::string text = std::move(*sealed);
    Result<bool> replaced = co_await replace(store, std::move(link), std::move(text));
    if (!replaced) {
        co_return fail(std::move(replaced.error()));
    }
    rotated.sealed_anew += *replaced ? 1 : 0;
    co_return Result<void>();
}

} // namespace

Task<Result<Rotated>> rotate_secrets(ports::Store& store, const ports::Vault& vault) {
    Rotated rotated;
    std::string after;
    while (true) {
        Result<std::vector<domain::NodeLink>> links = co_await store.links_after(after, kBatch, false);
        if (!links) {
            co_return fail(std::move(links.error()));
        }
        for (domain::NodeLink& link : *links) {
            after = link.user_id;
            Result<void> done = co_await rotate(store, vault, std::move(link), rotated);
            if (!done) {
                co_return fail(std::move(done.error()));
            }
        }
        if (links->size() < kBatch) {
            co_return rotated;
        }
    }
}

} // namespace mcp::app
