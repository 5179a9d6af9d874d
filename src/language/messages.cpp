#include "language/messages.hpp"

namespace mcp::language {
namespace {

// Grouped by section; a row is {key, English, French}. Keep the two equally good.
// clang-format off
constexpr MessageRow kMessages[] = {
    // Errors: what, where, what to do.
    {"error.interrupted", "interrupted: nothing was written", "interrompu : rien n'a été écrit"},
};
// clang-format on

} // namespace

std::span<const MessageRow> messages() {
    return kMessages;
}

} // namespace mcp::language
