#include "adapters/log/safe_text.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace mcp::adapters {
namespace {

constexpr std::string_view kEllipsis = "\u2026";

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// What may stand before the "@" unquoted (RFC 5322), but for the slash: there a URL's path ends.
bool is_local(char c) {
    return is_letter_or_digit(c) || std::string_view("!#$%&'*+-=?^_`{|}~.").find(c) != std::string_view::npos;
}

bool is_domain(char c) {
    return is_letter_or_digit(c) || c == '.' || c == '-';
}

/// Where the part before the "@" at `at` begins; not before `from`.
std::size_t begin_of_local(std::string_view text, std::size_t from, std::size_t at) {
    if (at > from && text[at - 1] == '"') {
        const std::size_t quote = at >= 2 ? text.rfind('"', at - 2) : std::string_view::npos;
        return quote != std::string_view::npos && quote >= from ? quote : at;
    }
    std::size_t begin = at;
    while (begin > from && is_local(text[begin - 1])) {
        --begin;
    }
    return begin;
}

bool is_node_key(std::string_view local) {
    constexpr std::size_t kKeyDigits = 66;
    return local.size() == kKeyDigits && std::all_of(local.begin(), local.end(), is_hex);
}

/// The first character whole, whatever bytes it has.
std::string_view first_character(std::string_view text) {
    std::size_t size = 1;
    while (size < text.size() && (text[size] & 0xC0) == 0x80) {
        ++size;
    }
    return text.substr(0, size);
}

/// The "@" or "%40" that comes next. @return its place and length, npos when none comes
std::pair<std::size_t, std::size_t> next_at(std::string_view text, std::size_t from) {
    const std::size_t plain = text.find('@', from);
    const std::size_t escaped = text.find("%40", from);
    return escaped < plain ? std::pair{escaped, std::size_t{3}} : std::pair{plain, std::size_t{1}};
}

std::string without_controls(std::string_view raw) {
    std::string text(raw);
    const auto is_control = [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; };
    std::replace_if(text.begin(), text.end(), is_control, ' ');
    return clean_text(text).text; // C1 controls and line separators of Unicode, what turns the direction of writing
}

/// A word that scripts look for, and what stands for it when others say it.
struct WordOfLog {
    std::string_view word;
    std::string_view broken; ///< as long, so that no bound is passed
};
constexpr std::string_view kReports = "daily_report";
constexpr std::string_view kScheduler = "scheduler";
constexpr WordOfLog kDurationWord = {"generation_duration", "generation-duration"};
constexpr WordOfLog kReportsWord = {kReports, "daily-report"};
constexpr WordOfLog kSchedulerWord = {kScheduler, "Scheduler"};
constexpr WordOfLog kErrorWord = {"ERROR", "Error"};

void break_word(std::string& text, const WordOfLog& word, std::size_t from = 0) {
    for (std::size_t at = text.find(word.word, from); at != text.npos; at = text.find(word.word, at)) {
        text.replace(at, word.word.size(), word.broken);
    }
}

} // namespace

std::string without_words_of_others(std::string text, std::string_view component) {
    const bool is_duration = component == kReports && text.starts_with(kDurationWord.word);
    break_word(text, kDurationWord, is_duration ? kDurationWord.word.size() : 0);
    break_word(text, kErrorWord);
    if (component != kReports && component != kScheduler) {
        break_word(text, kReportsWord);
    }
    if (component != kScheduler) {
        break_word(text, kSchedulerWord);
    }
    return text;
}

std::string mask_addresses(std::string_view text) {
    std::string masked;
    std::size_t copied = 0;
    for (auto [at, size] = next_at(text, 0); at != std::string_view::npos;
         std::tie(at, size) = next_at(text, at + size)) {
        const std::size_t begin = begin_of_local(text, copied, at);
        const std::string_view local = text.substr(begin, at - begin);
        const bool has_domain = at + size < text.size() && is_domain(text[at + size]);
        if (local.empty() || !has_domain || is_node_key(local)) {
            continue;
        }
        masked += text.substr(copied, begin - copied);
        masked += first_character(local);
        masked += kEllipsis;
        copied = at;
    }
    masked += text.substr(copied);
    return masked;
}

std::string safe_text(std::string_view raw, std::size_t bytes_max) {
    std::string text = mask_addresses(without_controls(raw));
    if (text.size() > bytes_max) {
        std::size_t end = bytes_max - kEllipsis.size();
        while (end > 0 && (text[end] & 0xC0) == 0x80) { // no character is cut in two
            --end;
        }
        text.resize(end);
        text += kEllipsis;
    }
    return text;
}

} // namespace mcp::adapters
