#pragma once
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/json/document.hpp"
#include "base/units.hpp"
#include "domain/pub_key.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mcp::adapters {

/// The JSON of a provider's answer: 32 brackets deep at most. @param bytes_max of the whole
/// @return bad_upstream for anything else, such as a web page
[[nodiscard]] Result<json::Document> parse_answer(std::string_view text, std::uint64_t bytes_max = 1 << 20);

/// Reads the values of one provider's answer under one law: what it leaves out (missing, null, or JavaScript's
/// "Infinity" and "NaN") is absent; what it says wrongly (another type, below zero, beyond belief) is a fault, after
/// which nothing of the answer may be used, because who errs there may err anywhere. Numbers may come as text.
class ToldValues {
public:
    /// @param asked_at when the answer came: nothing in it can be later by more than a day
    explicit ToldValues(Time asked_at) : latest_(asked_at + std::chrono::days{1}) {}

    [[nodiscard]] std::optional<std::int64_t> count(const json::Cursor& value);    ///< 0 .. 100 million
    [[nodiscard]] std::optional<std::int64_t> rank(const json::Cursor& value);     ///< 1 .. 100 million; 0 is absent
    [[nodiscard]] std::optional<std::int64_t> height(const json::Cursor& value);   ///< of a block; 0 is absent
    [[nodiscard]] std::optional<Sat> amount(const json::Cursor& value);            ///< 0 .. all bitcoin, in whole sat
    [[nodiscard]] std::optional<double> ppm(const json::Cursor& value);            ///< 0 .. 2^32-1, as on the wire
    [[nodiscard]] std::optional<double> sat_per_vbyte(const json::Cursor& value);  ///< above 0, at most 100,000
    [[nodiscard]] std::optional<double> price(const json::Cursor& value);          ///< above 0, at most 10^12
    [[nodiscard]] std::optional<domain::PubKey> key(const json::Cursor& value);    ///< 66 hex digits
    [[nodiscard]] std::string alias(const json::Cursor& value);                    ///< cleaned; empty when left out
    [[nodiscard]] std::string channel_id(const json::Cursor& value);               ///< "BxTxO", also of its number
    [[nodiscard]] std::optional<std::int64_t> whole(const json::Cursor& value);    ///< any
    [[nodiscard]] std::optional<std::string_view> text(const json::Cursor& value); ///< any

    /// The value itself, which must hold members where it is there at all.
    [[nodiscard]] json::Cursor object(json::Cursor value);

    /// Dates come from nodes whose clocks may run wild, so that one before Bitcoin began or after `latest` is no fault
    /// of the provider: it is left out.
    [[nodiscard]] std::optional<Time> unix_time(const json::Cursor& value); ///< seconds
    [[nodiscard]] std::optional<Time> iso_time(const json::Cursor& value);  ///< text; what is no date is left out

    /// For what the answer must have: a fault when it was left out.
    template <typename T>
    T required(std::optional<T> told, const json::Cursor& value) {
        if (!told) {
            value.is_absent() ? miss(value) : refuse(value);
        }
        return std::move(told).value_or(T{});
    }

    void refuse(const json::Cursor& value); ///< the value cannot be
    void refuse(Message what);              ///< the answer cannot be
    [[nodiscard]] bool faulty() const { return fault_.has_value(); }
    [[nodiscard]] Result<void> verdict() const; ///< the first fault, bad_upstream

private:
    std::optional<double> number(const json::Cursor& value);
    std::optional<double> number_within(const json::Cursor& value, double above, double most);
    std::optional<std::int64_t> whole_within(const json::Cursor& value, std::int64_t least, std::int64_t most);
    [[nodiscard]] std::optional<Time> believed(Time time) const;
    void miss(const json::Cursor& value);
    void note(Error error);

    Time latest_;
    std::optional<Error> fault_;
};

} // namespace mcp::adapters
