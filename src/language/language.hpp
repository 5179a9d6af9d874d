#pragma once
#include "base/error.hpp"
#include "base/message.hpp"
#include "domain/language.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mcp::language {

using domain::Language;

/// @return nothing unless `code` begins with "fr" or "en" ("fr_FR.UTF-8" is French).
[[nodiscard]] std::optional<Language> parse_language(std::string_view code);
[[nodiscard]] std::string_view code(Language language);

/// The message as a sentence in `language`, figures formatted by its customs.
/// A key that the table lacks, or an argument that the sentence needs and the message lacks, throws std::logic_error:
/// the lint tools/check_messages and the tests find such before a user does.
[[nodiscard]] std::string render(const Message& message, Language language);

/// One line for a person: the steps from outside in, then what went wrong.
[[nodiscard]] std::string render(const Error& error, Language language);

} // namespace mcp::language
