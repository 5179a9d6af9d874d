#include "adapters/system/system_chance.hpp"

#include <cerrno>
#include <sys/random.h>
#include <system_error>

namespace mcp::adapters {

std::uint64_t SystemChance::bits() {
    std::uint64_t bits = 0;
    while (::getrandom(&bits, sizeof bits, 0) != sizeof bits) { // so few bytes come whole, or a signal came first
        if (errno != EINTR) {
            throw std::system_error(errno, std::generic_category(), "getrandom");
        }
    }
    return bits;
}

} // namespace mcp::adapters
