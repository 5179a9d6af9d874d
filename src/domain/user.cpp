#include "domain/user.hpp"

#include "base/text.hpp"

namespace mcp::domain {

bool is_valid_id(std::string_view id) {
    return !id.empty() && id.size() <= kIdBytesMax && !clean_text(id).changed;
}

} // namespace mcp::domain
