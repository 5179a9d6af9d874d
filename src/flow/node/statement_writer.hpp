#pragma once
#include "domain/own_node.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <fmt/format.h>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mcp::flow {

/// What stands in a statement for the values of an enum: a list, in the enum's order.
template <typename Enum, std::size_t n>
using Words = std::array<std::string_view, n>;

/// Writes a statement as statement_fields.hpp describes it; StatementReader reads the same.
class StatementWriter {
public:
    [[nodiscard]] std::string take() { return std::move(text_); }

    template <typename Value, typename Describe>
    void object(std::string_view name, const Value& value, Describe describe) {
        begin(name);
        enclosed('{', '}', false, [&] { describe(*this, value); });
    }
    template <typename Value, typename Describe>
    void list(std::string_view name, const std::vector<Value>& values, std::size_t, Describe describe) {
        list_of('{', '}', name, values, describe);
    }
    /// Many small ones: the values of each in an array, without their names.
    template <typename Value, typename Describe>
    void rows(std::string_view name, const std::vector<Value>& values, Describe describe) {
        list_of('[', ']', name, values, describe);
    }
    /// Left out when absent.
    template <typename Value, typename Describe>
    void maybe(std::string_view name, const std::optional<Value>& value, Describe describe) {
        if (value) {
            describe(*this, name, *value);
        }
    }

    template <typename Number>
    void whole(std::string_view name, Number value, std::int64_t, std::int64_t) {
        begin(name);
        fmt::format_to(std::back_inserter(text_), "{}", value);
    }
    template <typename Tag>
    void amount(std::string_view name, Quantity<Tag> value) {
        whole(name, value.value, 0, 0);
    }
    template <typename Tag>
    void quantity(std::string_view name, Quantity<Tag> value, std::int64_t, std::int64_t) {
        whole(name, value.value, 0, 0);
    }
    void seconds(std::string_view name, std::chrono::seconds value) { whole(name, value.count(), 0, 0); }
    void time(std::string_view name, Time value) { whole(name, value.time_since_epoch().count(), 0, 0); }
    void day(std::string_view name, Day value);
    void flag(std::string_view name, bool value);
    void text(std::string_view name, std::string_view value, std::size_t);
    void outpoint(std::string_view name, std::string_view value) { text(name, value, 0); }
    void txid(std::string_view name, std::string_view value) { text(name, value, 0); }
    void key(std::string_view name, const domain::PubKey& value) { text(name, value.hex(), 0); }
    void channel_id(std::string_view name, domain::ShortChannelId value) { text(name, value.text(), 0); }
    void error(std::string_view name, const Error& value);

    template <typename Enum, std::size_t n>
    void word(std::string_view name, Enum value, const Words<Enum, n>& words) {
        text(name, words.at(static_cast<std::size_t>(value)), 0);
    }
    template <typename Enum, std::size_t n>
    void words(std::string_view name, const std::vector<Enum>& values, const Words<Enum, n>& words) {
        begin(name);
        enclosed('[', ']', true, [&] {
            for (const Enum value : values) {
                word({}, value, words);
            }
        });
    }

private:
    void begin(std::string_view name);

    template <typename Inside>
    void enclosed(char open, char close, bool is_list, Inside inside) {
        text_ += open;
        const bool was_list = std::exchange(is_list_, is_list);
        is_first_ = true;
        inside();
        is_first_ = false;
        is_list_ = was_list;
        text_ += close;
    }
    template <typename Value, typename Describe>
    void list_of(char open, char close, std::string_view name, const std::vector<Value>& values, Describe describe) {
        begin(name);
        enclosed('[', ']', true, [&] {
            for (const Value& value : values) {
                begin({});
                enclosed(open, close, open == '[', [&] { describe(*this, value); });
            }
        });
    }

    std::string text_;
    bool is_first_ = true; ///< of its object or list
    bool is_list_ = true;  ///< what is written now stands without its name
};

} // namespace mcp::flow
