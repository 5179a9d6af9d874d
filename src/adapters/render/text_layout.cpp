#include "adapters/render/text_layout.hpp"

#include <algorithm>

namespace mcp::adapters {
namespace {

std::string spaces(int count) {
    return std::string(static_cast<std::size_t>(std::max(count, 0)), ' ');
}

/// Bytes at the beginning of `text` that take at most `columns` columns; colours and whole code points are not cut.
std::size_t bytes_within(std::string_view text, int columns) {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < text.size(); i = bytes) {
        std::size_t next = i + 1;
        if (text[i] == '\033') {
            next = std::min(text.find('m', i), text.size() - 1) + 1;
        } else {
            while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0) == 0x80) {
                ++next;
            }
            if (--columns < 0) {
                return bytes;
            }
        }
        bytes = next;
    }
    return bytes;
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

std::string clipped(std::string_view text, int columns) {
    if (width_of(text) <= columns) {
        return std::string(text);
    }
    return std::string(text.substr(0, bytes_within(text, columns - 1))) + "…";
}

std::string wrapped(std::string_view text, int columns, int indent) {
    std::string lines;
    int used = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        std::string_view word = text.substr(0, end);
        const bool fits = used + 1 + width_of(word) <= columns;
        const int room = columns - (used == 0 ? 0 : indent);
        if (!fits && width_of(word) > room) { // too wide for any line: cut
            word = word.substr(0, bytes_within(word, std::max(room, 1)));
            text.remove_prefix(word.size());
        } else {
            text.remove_prefix(std::min(end + 1, text.size()));
        }
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
