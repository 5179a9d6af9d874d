#pragma once
#include "adapters/nodes/lnd_values.hpp"
#include "base/json/document.hpp"
#include "base/units.hpp"
#include "domain/channel.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mcp::adapters {

/// The JSON of an answer of Core Lightning. @return bad_upstream for anything else, such as a web page
[[nodiscard]] Result<json::Document> parse_cln_answer(std::string_view body);

/// Reads the values of one answer of Core Lightning under the law of LndValues.
class ClnValues : public LndValues {
public:
    /// What it calls msat: a number, or before 2023 a text such as "123msat". 0 .. all bitcoin.
    [[nodiscard]] std::optional<Msat> amount(const json::Cursor& value);
    /// The same of what stands on the chain: a fault unless it is whole satoshi.
    [[nodiscard]] std::optional<Sat> whole_sats(const json::Cursor& value);
    [[nodiscard]] std::optional<domain::ShortChannelId> channel(const json::Cursor& value); ///< "BxTxO"
    [[nodiscard]] std::optional<std::string> txid(const json::Cursor& value);               ///< 64 digits
    /// "txid:index" of two members. A fault when one of them was left out.
    [[nodiscard]] std::string outpoint(const json::Cursor& transaction, const json::Cursor& index);
    /// Whole seconds since 1970 of a time with a fraction, which is cut off. Days change on whole seconds: cut off as
    /// text, nothing before midnight is rounded beyond it. Numbers must have been put into quotes (quote_times()).
    [[nodiscard]] std::optional<std::int64_t> seconds(const json::Cursor& value);
};

/// The same JSON with the numbers of all members `received_time` and `resolved_time` as text: a double holds
/// 1764028799.99999999 as midnight. @complexity O(n)
[[nodiscard]] std::string quote_times(std::string_view json);

} // namespace mcp::adapters
