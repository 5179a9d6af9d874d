#include "api/token_cache.hpp"

#include <utility>

namespace mcp::api {
namespace {

bool is_good(const ports::Caller& caller, Time now) {
    return caller.valid_until && now < *caller.valid_until;
}

} // namespace

void TokenCache::put(std::string token, Caller caller) {
    if (newer_.size() >= half_) {
        older_ = std::exchange(newer_, {});
    }
    newer_.insert_or_assign(std::move(token), std::move(caller));
}

TokenCache::Caller TokenCache::find(std::string_view token, Time now) {
    if (const auto found = newer_.find(token); found != newer_.end()) {
        if (is_good(*found->second, now)) {
            return found->second;
        }
        newer_.erase(found);
        return nullptr;
    }
    const auto found = older_.find(token);
    if (found == older_.end()) {
        return nullptr;
    }
    Caller caller = found->second;
    std::string key = found->first;
    older_.erase(found);
    if (!is_good(*caller, now)) {
        return nullptr;
    }
    put(std::move(key), caller);
    return caller;
}

TokenCache::Caller TokenCache::keep(std::string_view token, ports::Caller caller) {
    const bool is_kept = caller.valid_until && token.size() <= kTokenBytesMax;
    Caller shared = std::make_shared<const ports::Caller>(std::move(caller));
    if (is_kept) {
        put(std::string(token), shared);
    }
    return shared;
}

} // namespace mcp::api
