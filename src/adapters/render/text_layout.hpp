#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace mcp::adapters {

/// Columns that `text` takes on a terminal, one for each code point (right for what the message table holds), none for
/// a colour. Aliases (emoji, wide scripts) belong at the end of a line, where nothing need be aligned.
[[nodiscard]] int width_of(std::string_view text);

struct TableRow {
    std::string label;
    std::string figure;
    std::string remark = {}; ///< may be empty
};

/// Rows of label, figure (right-aligned) and remark.
[[nodiscard]] std::string aligned(const std::vector<TableRow>& rows);

/// The beginning of `text` that fits, ended by "…" where something was left out.
[[nodiscard]] std::string clipped(std::string_view text, int columns);

/// `text` broken at spaces so that no line is wider than `columns`, each line after the first indented. A word wider
/// than a line is cut.
[[nodiscard]] std::string wrapped(std::string_view text, int columns, int indent);

} // namespace mcp::adapters
