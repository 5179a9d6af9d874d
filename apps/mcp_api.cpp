#include "adapters/system/system_clock.hpp"
#include "adapters/system/terminal.hpp"
#include "app/config/speech.hpp"
#include "command_line.hpp"

#include <algorithm>
#include <exception>
#include <iostream>
#include <thread>

int main(int argc, char** argv) {
    using namespace mcp;
    std::ios::sync_with_stdio(false);
    const adapters::SystemClock clock;
    const adapters::Terminal terminal = adapters::terminal();
    app::Io io{.out = std::cout,
               .err = std::cerr,
               .clock = clock,
               .language = app::language_of_user(),
               .colour = terminal.colour,
               .progress = terminal.err_is_terminal,
               .columns = terminal.columns,
               .threads = std::max(1U, std::thread::hardware_concurrency()),
               .answers = terminal.in_is_terminal && terminal.err_is_terminal ? &std::cin : nullptr};
    try {
        return cli::run_command_line({argv + std::min(argc, 1), argv + argc}, io);
    } catch (const std::exception& fault) { // a programmer's error, or no memory left
        return app::report_failure(
            io, {.kind = ErrorKind::internal, .what = {"error.internal", {{"fault", std::string(fault.what())}}}});
    }
}
