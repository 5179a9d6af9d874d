#include "app/config/speech.hpp"

#include "adapters/system/environment.hpp"

namespace mcp::app {

language::Language language_of_user() {
    return language::parse_language(adapters::message_locale().value_or("")).value_or(language::Language::en);
}

} // namespace mcp::app
