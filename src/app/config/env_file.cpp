#include "app/config/env_file.hpp"

#include <algorithm>
#include <cstdint>

namespace mcp::app {
namespace {

constexpr std::string_view kBlanks = " \t\v\f";

bool is_blank(char c) {
    return kBlanks.find(c) != std::string_view::npos;
}

std::string_view without_leading_blanks(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
    return text;
}

std::string_view trimmed(std::string_view text) {
    text = without_leading_blanks(text);
    return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

bool is_key_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
           c == '-';
}

/// Takes the word that the line begins with.
std::string take_key(std::string_view& line) {
    const auto end = std::find_if_not(line.begin(), line.end(), is_key_letter);
    std::string key(line.begin(), end);
    line.remove_prefix(key.size());
    return key;
}

std::string_view without_export(std::string_view line) {
    constexpr std::string_view kExport = "export";
    const bool has_it = line.starts_with(kExport) && line.size() > kExport.size() && is_blank(line[kExport.size()]);
    return has_it ? without_leading_blanks(line.substr(kExport.size())) : line;
}

/// A comment begins at a `#` that follows a blank: `KEY=#x` has the value "#x", as in a shell, and `KEY= #x` none.
std::string_view without_comment(std::string_view text) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '#' && is_blank(text[i - 1])) {
            return text.substr(0, i);
        }
    }
    return text;
}

/// What the backslash before `letter` makes of it; both stay when it means nothing.
std::string unescaped(char letter) {
    switch (letter) {
    case '"':
    case '\\':
    case '$':
        return {letter};
    case 'n':
        return "\n";
    case 'r':
        return "\r";
    case 't':
        return "\t";
    default:
        return {'\\', letter};
    }
}

/// @param text begins with the quote
void read_quoted(std::string_view text, EnvEntry& entry) {
    const char quote = text.front();
    std::size_t i = 1;
    while (i < text.size() && text[i] != quote) {
        const bool is_escape = quote == '"' && text[i] == '\\' && i + 1 < text.size();
        entry.value += is_escape ? unescaped(text[i + 1]) : std::string(1, text[i]);
        i += is_escape ? 2 : 1;
    }
    if (i >= text.size()) {
        entry.fault = EnvLineFault::quote_not_closed;
        return;
    }
    const bool only_a_comment = trimmed(without_comment(text.substr(i + 1))).empty();
    entry.fault = only_a_comment ? EnvLineFault::none : EnvLineFault::text_after_quote;
}

void read_value(std::string_view text, EnvEntry& entry) {
    const std::string_view value = without_leading_blanks(text);
    if (value.starts_with('"') || value.starts_with('\'')) {
        read_quoted(value, entry);
    } else {
        entry.value = trimmed(without_comment(text));
    }
}

/// @param line not blank, no comment
EnvEntry read_line(std::string_view line, std::size_t number) {
    EnvEntry entry{.line = number};
    line = without_export(line);
    entry.key = take_key(line);
    line = without_leading_blanks(line);
    if (entry.key.empty() || !line.starts_with('=')) {
        entry.fault = EnvLineFault::no_equals;
        return entry;
    }
    read_value(line.substr(1), entry);
    return entry;
}

bool is_utf16(std::string_view text) {
    return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

} // namespace

Result<std::vector<EnvEntry>> parse_env_file(std::string_view text) {
    if (text.size() > kEnvFileBytesMax) {
        return fail(ErrorKind::invalid_input,
                    {"config.file_too_large", {{"limit", static_cast<std::int64_t>(kEnvFileBytesMax)}}});
    }
    if (is_utf16(text)) {
        return fail(ErrorKind::invalid_input, {"config.file_utf16", {}});
    }
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    text.remove_prefix(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
    std::vector<EnvEntry> entries;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line.remove_suffix(line.ends_with('\r') ? 1 : 0);
        line = trimmed(line);
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        if (entries.size() == kEnvFileEntriesMax) {
            return fail(ErrorKind::invalid_input,
                        {"config.file_too_long", {{"limit", static_cast<std::int64_t>(kEnvFileEntriesMax)}}});
        }
        entries.push_back(read_line(line, number));
    }
    return entries;
}

} // namespace mcp::app
