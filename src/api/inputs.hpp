#pragma once
#include "api/request.hpp"
#include "api/target.hpp"
#include "base/error.hpp"
#include "base/json/document.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::api {

/// What is wrong with the input of a request, all of it, so that a client mends it in one go.
class Faults {
public:
    static constexpr std::size_t kMost =
        10; ///< those after are not told: a client that has so many sent something else

    void add(Message fault);
    [[nodiscard]] bool is_full() const { return found_.size() == kMost; }
    [[nodiscard]] bool empty() const { return found_.empty(); }
    /// @pre not empty
    [[nodiscard]] Error error() &&;

private:
    std::vector<Message> found_;
};

/// Reads the query by the ranges that the route's row gives. Parameters that the route does not know are ignored.
class QueryReader {
public:
    explicit QueryReader(const Request& request);

    [[nodiscard]] std::int64_t integer(std::string_view name);
    [[nodiscard]] std::string word(std::string_view name); ///< one of the row's words
    [[nodiscard]] Faults& faults() { return faults_; }

private:
    [[nodiscard]] std::optional<std::string> value(std::string_view name);

    const Request& request_;
    QueryParameters given_;
    Faults faults_;
};

/// Reads a body that is a JSON object. Members that nobody knows are faults: they are mistyped ones.
/// @note What it returns after a fault is of no use; ask faults() before.
class BodyReader {
public:
    /// A body that is left out is an object without members.
    /// @return invalid_input for what is no JSON object, and for a body that the route demands and is not there
    [[nodiscard]] static Result<BodyReader> open(const Request& request);

    /// Refuses all members but these.
    void know(const std::vector<std::string>& names);
    [[nodiscard]] bool has(std::string_view name) const; ///< also when it is null
    [[nodiscard]] bool is_null(std::string_view name) const;

    /// @return nothing when it is not a whole number in that range, which is a fault
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name, std::int64_t least, std::int64_t most);
    /// @return nothing when it is no text of at most so many characters, which is a fault
    [[nodiscard]] std::optional<std::string> text(std::string_view name, std::size_t characters_max);
    /// @return nothing when it is no list of such texts, which is a fault
    [[nodiscard]] std::optional<std::vector<std::string>> texts(std::string_view name, std::size_t count_max,
                                                                std::size_t characters_max);
    [[nodiscard]] json::Cursor at(std::string_view name) const { return document_.root().at(name); }
    [[nodiscard]] Faults& faults() { return faults_; }

private:
    explicit BodyReader(json::Document document);

    json::Document document_;
    std::vector<std::string> names_; ///< of its members
    Faults faults_;
};

} // namespace mcp::api
