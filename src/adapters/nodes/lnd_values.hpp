#pragma once
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/json/document.hpp"
#include "base/units.hpp"
#include "domain/channel.hpp"
#include "domain/pub_key.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mcp::adapters {

/// Reads the values of one answer of LND, whole numbers to the last digit. What it leaves out, as older nodes do, is
/// absent; what it says wrongly (another type, below zero, beyond belief, a word that LND has not) is a fault, after
/// which nothing of the answer may be used. 64-bit numbers come as text.
class LndValues {
public:
    [[nodiscard]] std::optional<std::int64_t> whole(const json::Cursor& value, std::int64_t least, std::int64_t most);
    [[nodiscard]] std::optional<Sat> sat(const json::Cursor& value);             ///< 0 .. all bitcoin
    [[nodiscard]] std::optional<Msat> msat(const json::Cursor& value);           ///< 0 .. all bitcoin
    [[nodiscard]] std::optional<std::int64_t> height(const json::Cursor& value); ///< of a block; 0 is absent
    [[nodiscard]] std::optional<bool> yes_or_no(const json::Cursor& value);
    [[nodiscard]] std::optional<std::string_view> text(const json::Cursor& value);
    [[nodiscard]] std::optional<domain::PubKey> key(const json::Cursor& value);             ///< empty text is absent
    [[nodiscard]] std::optional<domain::ShortChannelId> channel(const json::Cursor& value); ///< 0 is absent
    [[nodiscard]] std::optional<std::string> outpoint(const json::Cursor& value);           ///< "txid:index"
    [[nodiscard]] std::string shown(const json::Cursor& value); ///< cleaned and cut; else empty
    /// Of a list, at most `most`. A list that was left out is a fault: an empty one is not.
    [[nodiscard]] std::vector<json::Cursor> items(const json::Cursor& value, std::size_t most);

    /// One of LND's words. @return absent when left out
    template <typename Meaning, std::size_t kCount>
    std::optional<Meaning> word(const json::Cursor& value,
                                const std::array<std::pair<std::string_view, Meaning>, kCount>& words) {
        const std::optional<std::string_view> told = text(value);
        for (const auto& [name, meaning] : words) {
            if (told && *told == name) {
                return meaning;
            }
        }
        if (told) {
            refuse(value);
        }
        return std::nullopt;
    }

    /// For what every LND tells: a fault when it was left out.
    template <typename T>
    T required(std::optional<T> told, const json::Cursor& value) {
        if (!told) {
            miss(value);
        }
        return std::move(told).value_or(T{});
    }

    void refuse(const json::Cursor& value); ///< the value cannot be
    void refuse(Message what);              ///< the answer cannot be
    [[nodiscard]] bool faulty() const { return fault_.has_value(); }
    /// The first fault, bad_upstream; else the value.
    template <typename T>
    Result<T> verdict(T value) const {
        return fault_ ? Result<T>(fail(*fault_)) : Result<T>(std::move(value));
    }

private:
    void miss(const json::Cursor& value);
    void note(Error error);

    std::optional<Error> fault_;
};

/// Nanoseconds or seconds since 1970 as an instant. @return nothing for 0, which LND says of what never was, and for
/// dates before Bitcoin or after `latest`: clocks of nodes may run wild
[[nodiscard]] std::optional<Time> believed_time(std::int64_t unix_seconds, Time latest);

} // namespace mcp::adapters
