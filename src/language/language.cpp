#include "language/language.hpp"

#include "language/messages.hpp"
#include "language/numbers.hpp"

#include <fmt/format.h>
#include <stdexcept>

namespace mcp::language {
namespace {

std::string_view sentence(std::string_view key, Language language) {
    for (const MessageRow& row : messages()) {
        if (row.key == key) {
            return language == Language::en ? row.en : row.fr;
        }
    }
    throw std::logic_error(fmt::format("no message '{}'", key));
}

const MessageValue& argument(const Message& message, std::string_view name) {
    for (const MessageArg& arg : message.args) {
        if (arg.name == name) {
            return arg.value;
        }
    }
    throw std::logic_error(fmt::format("message '{}' lacks '{}'", message.key, name));
}

struct ValueFormatter {
    Language language;

    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(std::int64_t number) const { return format_integer(number, language); }
    std::string operator()(Decimal number) const { return format_decimal(number.value, number.decimals, language); }
    std::string operator()(Share share) const { return format_share(share.value, share.decimals, language); }
    std::string operator()(Sat amount) const { return format_integer(amount.value, language) + "\u00A0sat"; }
    std::string operator()(Msat amount) const { return format_integer(amount.value, language) + "\u00A0msat"; }
    std::string operator()(Ppm rate) const { return format_integer(rate.value, language) + "\u00A0ppm"; }
    std::string operator()(std::chrono::sys_seconds time) const { return format_time(time, language); }
    std::string operator()(std::chrono::sys_days day) const { return format_day(day, language); }
    std::string operator()(const std::vector<Message>& list) const {
        std::string text;
        for (const Message& item : list) {
            text += (text.empty() ? "" : ", ") + render(item, language);
        }
        return text;
    }
};

bool is_singular(const MessageValue& count, Language language) {
    const std::int64_t* number = std::get_if<std::int64_t>(&count);
    if (number == nullptr) {
        throw std::logic_error("only a whole number decides between singular and plural");
    }
    return *number == 1 || (language == Language::fr && *number == 0);
}

/// What stands between the braces: "name" or "name?one|many".
std::string fill(const Message& message, std::string_view placeholder, Language language) {
    const std::size_t question = placeholder.find('?');
    if (question == std::string_view::npos) {
        return std::visit(ValueFormatter{language}, argument(message, placeholder));
    }
    const std::string_view forms = placeholder.substr(question + 1);
    const std::size_t bar = forms.find('|');
    const bool singular = is_singular(argument(message, placeholder.substr(0, question)), language);
    return std::string(singular ? forms.substr(0, bar) : forms.substr(bar + 1));
}

} // namespace

std::optional<Language> parse_language(std::string_view code) {
    if (code.starts_with("fr")) {
        return Language::fr;
    }
    return code.starts_with("en") ? std::optional(Language::en) : std::nullopt;
}

std::string_view code(Language language) {
    return language == Language::en ? "en" : "fr";
}

std::string render(const Message& message, Language language) {
    const std::string_view pattern = sentence(message.key, language);
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '{') {
            text += pattern[i];
        } else if (pattern.substr(i).starts_with("{{")) {
            text += pattern[i++];
        } else {
            const std::size_t close = pattern.find('}', i);
            text += fill(message, pattern.substr(i + 1, close - i - 1), language);
            i = close;
        }
    }
    return text;
}

std::string render(const Error& error, Language language) {
    std::string text;
    for (const Message& step : error.steps) {
        text += render(step, language) + (language == Language::en ? ": " : "\u00A0: ");
    }
    return text + render(error.what, language);
}

} // namespace mcp::language
