#pragma once
#include <span>
#include <string_view>

namespace mcp::language {

/// One sentence in both languages. `{name}` stands for an argument, `{name?one|many}` for a word that follows the count
/// `name` (French: 0 and 1 are singular; English: 1 only), `{{` for a brace.
struct MessageRow {
    std::string_view key;
    std::string_view en;
    std::string_view fr;
};

/// THE TABLE of everything the product says to people.
[[nodiscard]] std::span<const MessageRow> messages();

} // namespace mcp::language
