#pragma once
#include "base/error.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mcp::adapters {

/// A JSON object of a token (header or claims), as far as anybody asks: its members, and in them texts, numbers and
/// lists of texts. A member named twice is refused, because two readers of one token could differ on it.
class TokenObject {
public:
    /// @return an error for what is no JSON object, not UTF-8, too deep, or has more than 64 members
    [[nodiscard]] static Result<TokenObject> parse(std::string_view json);

    [[nodiscard]] bool has(std::string_view name) const; ///< null counts as absent
    /// Each of these: nothing when the member is absent or something else.
    [[nodiscard]] std::optional<std::string_view> text(std::string_view name) const;
    [[nodiscard]] std::optional<double> number(std::string_view name) const;
    /// Whether the member is a list that holds this text.
    [[nodiscard]] bool lists(std::string_view name, std::string_view text) const;

private:
    friend class TokenObjectBuilder;
    struct Null {};
    struct Other {}; ///< a flag, an object
    using Value = std::variant<Other, Null, double, std::string, std::vector<std::string>>;
    struct Member {
        std::string name;
        Value value;
    };
    [[nodiscard]] const Value* find(std::string_view name) const;

    std::vector<Member> members_;
};

} // namespace mcp::adapters
