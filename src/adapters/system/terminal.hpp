#pragma once

namespace mcp::adapters {

/// Who reads what we write, and answers.
struct Terminal {
    bool out_is_terminal = false; ///< standard output
    bool in_is_terminal = false;  ///< standard input
    bool err_is_terminal = false; ///< standard error
    bool colour = false;          ///< standard output is a terminal that takes colours, and NO_COLOR is not set
    int columns = 80;             ///< width of the terminal on standard output; 80 for pipes and files
};

[[nodiscard]] Terminal terminal();

} // namespace mcp::adapters
