#pragma once
#include "base/error.hpp"
#include "base/json/stream.hpp"

#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::json {

/// One value of a document and the path to it, so that what it lacks can be said by name: "channels[3].capacity is
/// missing". A view: valid while its Document is. Members that nobody asks for are ignored. null counts as absent.
class Cursor {
public:
    /// @param value nullptr: the value is absent
    Cursor(const boost::json::value* value, std::string path);

    [[nodiscard]] bool is_absent() const;
    [[nodiscard]] bool is_object() const;
    [[nodiscard]] const std::string& path() const { return path_; }

    /// The member `name`: an absent value when this is no object or has no such member. Never fails: the as_...() do.
    [[nodiscard]] Cursor at(std::string_view name) const;
    /// Of the members of an object, in order, null ones too; of anything else none.
    [[nodiscard]] std::vector<std::string> names() const;
    /// The value as JSON text on one line: the same values, not the same bytes. "null" for what is absent.
    [[nodiscard]] std::string text() const;

    [[nodiscard]] std::size_t count() const; ///< of the items of an array; of anything else 0

    /// @return an error with the path when the value is absent or something else
    [[nodiscard]] Result<std::vector<Cursor>> items() const; ///< of an array, in order
    [[nodiscard]] Result<std::uint64_t> as_u64() const;      ///< a number or a string of digits
    [[nodiscard]] Result<std::int64_t> as_i64() const;       ///< a number or a string of digits
    [[nodiscard]] Result<double> as_double() const;          ///< a number
    [[nodiscard]] Result<bool> as_bool() const;
    [[nodiscard]] Result<std::string_view> as_string() const; ///< valid UTF-8

private:
    [[nodiscard]] std::optional<Scalar> scalar() const;
    [[nodiscard]] tl::unexpected<Error> refuse(std::string_view expected_key) const;

    const boost::json::value* value_;
    std::string path_;
};

/// A small JSON document (an answer of some service), held whole.
class Document {
public:
    /// @return an error with the byte for what is no JSON, too deep, too large, or not UTF-8. Of a member named twice
    /// the last one counts.
    [[nodiscard]] static Result<Document> parse(std::string_view text, Limits limits = {.text_bytes = 64u << 20});

    [[nodiscard]] Cursor root() const { return {&value_, ""}; }

private:
    explicit Document(boost::json::value value) : value_(std::move(value)) {}

    boost::json::value value_;
};

} // namespace mcp::json
