#pragma once
#include "base/json/document.hpp"
#include "domain/own_node.hpp"
#include "flow/node/statement.hpp"
#include "flow/node/statement_writer.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mcp::flow {

/// Reads a statement as statement_fields.hpp describes it, from text that may be anybody's: what cannot be is a fault,
/// after which nothing more is read.
class StatementReader {
public:
    explicit StatementReader(json::Cursor root) : here_(std::move(root)) {}

    [[nodiscard]] const std::optional<Error>& fault() const { return fault_; }

    template <typename Value, typename Describe>
    void object(std::string_view name, Value& value, Describe describe) {
        const json::Cursor cursor = next(name);
        if (!cursor.is_object()) {
            note(unlikely(cursor));
            return;
        }
        within(cursor, [&] { describe(*this, value); });
    }
    template <typename Value, typename Describe>
    void list(std::string_view name, std::vector<Value>& values, std::size_t most, Describe describe) {
        for (const json::Cursor& item : items(name, most)) {
            if (fault_) {
                return;
            }
            if (!item.is_object()) {
                note(unlikely(item));
                return;
            }
            within(item, [&] { describe(*this, values.emplace_back()); });
        }
    }
    template <typename Value, typename Describe>
    void rows(std::string_view name, std::vector<Value>& values, Describe describe) {
        const std::vector<json::Cursor> all = items(name, rows_left_);
        rows_left_ -= all.size();
        for (const json::Cursor& row : all) {
            if (fault_) {
                return;
            }
            begin_row(row);
            describe(*this, values.emplace_back());
            end_row(row);
        }
    }
    template <typename Value, typename Describe>
    void maybe(std::string_view name, std::optional<Value>& value, Describe describe) {
        if (!here_.at(name).is_absent()) {
            describe(*this, name, value.emplace());
        }
    }

    template <typename Number>
    void whole(std::string_view name, Number& value, std::int64_t least, std::int64_t most) {
        value = static_cast<Number>(whole_within(name, least, most));
    }
    /// 0 .. all bitcoin
    void amount(std::string_view name, Sat& value) { value.value = whole_within(name, 0, kAllBitcoin.value); }
    void amount(std::string_view name, Msat& value) { value.value = whole_within(name, 0, to_msat(kAllBitcoin).value); }
    template <typename Tag>
    void quantity(std::string_view name, Quantity<Tag>& value, std::int64_t least, std::int64_t most) {
        value.value = whole_within(name, least, most);
    }
    void seconds(std::string_view name, std::chrono::seconds& value);
    void time(std::string_view name, Time& value);
    void day(std::string_view name, Day& value);
    void flag(std::string_view name, bool& value);
    void text(std::string_view name, std::string& value, std::size_t bytes_max);
    void outpoint(std::string_view name, std::string& value); ///< or empty
    void txid(std::string_view name, std::string& value);     ///< or empty
    void key(std::string_view name, domain::PubKey& value);
    void channel_id(std::string_view name, domain::ShortChannelId& value);
    void error(std::string_view name, Error& value);

    template <typename Enum, std::size_t n>
    void word(std::string_view name, Enum& value, const Words<Enum, n>& words) {
        value = word_of<Enum>(next(name), words);
    }
    /// Each once.
    template <typename Enum, std::size_t n>
    void words(std::string_view name, std::vector<Enum>& values, const Words<Enum, n>& words) {
        for (const json::Cursor& item : items(name, n)) {
            const Enum value = word_of<Enum>(item, words);
            if (std::find(values.begin(), values.end(), value) != values.end()) {
                note(unlikely(item));
            }
            values.push_back(value);
        }
    }

private:
    void begin_row(const json::Cursor& row);
    void end_row(const json::Cursor& row);
    [[nodiscard]] json::Cursor next(std::string_view name);
    [[nodiscard]] std::vector<json::Cursor> items(std::string_view name, std::size_t most);
    [[nodiscard]] std::int64_t whole_within(std::string_view name, std::int64_t least, std::int64_t most);
    [[nodiscard]] std::string_view text_of(const json::Cursor& value);
    void note(Error error);
    [[nodiscard]] static Error unlikely(const json::Cursor& value);

    template <typename Enum, std::size_t n>
    Enum word_of(const json::Cursor& value, const Words<Enum, n>& words) {
        const auto* found = std::find(words.begin(), words.end(), text_of(value));
        if (found == words.end()) {
            note(unlikely(value));
            return Enum{};
        }
        return static_cast<Enum>(found - words.begin());
    }
    template <typename Inside>
    void within(const json::Cursor& cursor, Inside inside) {
        const json::Cursor outer = std::exchange(here_, cursor);
        inside();
        here_ = outer;
    }

    json::Cursor here_;
    std::optional<std::vector<json::Cursor>> cells_; ///< of the row that is read
    std::string row_;                                ///< its path
    std::size_t cell_ = 0;                           ///< of these, the next
    std::size_t rows_left_ = kStatementRowsMax;
    std::optional<Error> fault_;
};

} // namespace mcp::flow
