#pragma once
#include "base/clock.hpp"
#include "ports/tokens.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace mcp::api {

/// Remembers tokens that were found good, so that a client's next request costs no signature check. Tokens are compared
/// whole, and only good ones are kept: nobody can fill it from outside. Two halves of which the older one is dropped
/// when the newer one is full: bounded, and what is used stays.
class TokenCache {
public:
    using Caller = std::shared_ptr<const ports::Caller>;

    /// @param tokens_max kept at once
    explicit TokenCache(std::size_t tokens_max) : half_(tokens_max / 2) {}

    /// @return nothing for a token that is not known, or no longer good at `now`
    [[nodiscard]] Caller find(std::string_view token, Time now);
    /// Keeps a caller who says until when the token is good; others are not kept.
    Caller keep(std::string_view token, ports::Caller caller);

    static constexpr std::size_t kTokenBytesMax = 4096; ///< longer ones are not kept

private:
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    using Half = std::unordered_map<std::string, Caller, Hash, std::equal_to<>>;

    void put(std::string token, Caller caller);

    std::size_t half_;
    Half newer_;
    Half older_;
};

} // namespace mcp::api
