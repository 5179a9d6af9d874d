#include "app/commands/given_token.hpp"

#include <algorithm>
#include <string_view>

namespace mcp::app {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

} // namespace

Result<std::string> given_token(const std::string& given, const ConfigWorld& world) {
    Result<std::string> token = given == "-" ? world.read_file("-") : Result<std::string>(given);
    if (!token) {
        return fail(std::move(token.error()).in({"file.standard_input", {}}));
    }
    const std::size_t begin = std::min(token->find_first_not_of(kBlanks), token->size());
    return token->substr(begin, token->find_last_not_of(kBlanks) + 1 - begin);
}

} // namespace mcp::app
