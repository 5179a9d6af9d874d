#include "adapters/render/text_layout.hpp"

#include <algorithm>

namespace mcp::adapters {
namespace {

std::string spaces(int count) {
    return std::string(static_cast<std::size_t>(std::max(count, 0)), ' ');
}

} // namespace

int width_of(std::string_view text) {
    int columns = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\033') { // a colour takes no room: "\033[1m"
            i = std::min(text.find('m', i), text.size());
        } else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
            ++columns;
        }
    }
    return columns;
}

std::string aligned(const std::vector<TableRow>& rows) {
    int label_width = 0;
    int figure_width = 0;
    for (const TableRow& row : rows) {
        label_width = std::max(label_width, width_of(row.label));
        figure_width = std::max(figure_width, width_of(row.figure));
    }
    std::string text;
    for (const TableRow& row : rows) {
        text += row.label + spaces(label_width - width_of(row.label) + 2);
        text += spaces(figure_width - width_of(row.figure)) + row.figure;
        text += (row.remark.empty() ? "" : "  " + row.remark) + "\n";
    }
    return text;
}

std::string wrapped(std::string_view text, int columns, int indent) {
    std::string lines;
    int used = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const bool fits = used + 1 + width_of(word) <= columns;
        if (used != 0 && !fits) {
            lines += "\n" + spaces(indent);
            used = indent;
        } else if (used != 0) {
            lines += ' ';
            ++used;
        }
        lines += word;
        used += width_of(word);
    }
    return lines + "\n";
}

} // namespace mcp::adapters
