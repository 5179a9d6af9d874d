#include "adapters/system/terminal.hpp"

#include "adapters/system/environment.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

namespace mcp::adapters {

Terminal terminal() {
    constexpr int kNarrowest = 40; // a size of 0 or 1 column is a terminal that does not know
    Terminal facts;
    facts.out_is_terminal = ::isatty(STDOUT_FILENO) == 1;
    facts.in_is_terminal = ::isatty(STDIN_FILENO) == 1;
    facts.err_is_terminal = ::isatty(STDERR_FILENO) == 1;
    facts.colour = facts.out_is_terminal && !environment("NO_COLOR") && environment("TERM").value_or("dumb") != "dumb";
    winsize size{};
    if (facts.out_is_terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= kNarrowest) {
        facts.columns = size.ws_col;
    }
    return facts;
}

} // namespace mcp::adapters
