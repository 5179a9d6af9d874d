#include "adapters/system/signals.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <stdexcept>
#include <unistd.h>

namespace mcp::adapters {
namespace {

// A signal handler may touch nothing but lock-free atomics and memory that is complete before it is armed: hence the
// only globals of the house.
constexpr std::size_t kLongestPath = 4096;
std::array<char, kLongestPath> temporary_path{};
std::atomic<bool> temporary_exists{false};
std::array<char, 512> farewell_line{};
std::atomic<std::size_t> farewell_size{0};

extern "C" void end_by(int signal) {
    if (temporary_exists.load()) {
        ::unlink(temporary_path.data());
    }
    if (signal == SIGINT) {
        [[maybe_unused]] const auto written = ::write(STDERR_FILENO, farewell_line.data(), farewell_size.load());
    }
    std::signal(signal, SIG_DFL);
    std::raise(signal); // blocked while we are in here, delivered when we return
}

} // namespace

void set_signals(const std::string& farewell) {
    const std::string line = "\n" + farewell.substr(0, farewell_line.size() - 2) + "\n"; // after the terminal's "^C"
    line.copy(farewell_line.data(), line.size());
    farewell_size = line.size();
    struct sigaction action {};
    action.sa_handler = end_by;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction inherited {};
        ::sigaction(signal, nullptr, &inherited);
        if (inherited.sa_handler != SIG_IGN) { // nohup, or a script's background job: not meant to hear it
            ::sigaction(signal, &action, nullptr);
        }
    }
    std::signal(SIGPIPE, SIG_DFL);
    std::signal(SIGXFSZ, SIG_IGN);
}

RemovedOnSignal::RemovedOnSignal(const std::string& path) {
    if (path.size() >= kLongestPath || temporary_exists.load()) {
        throw std::logic_error("one temporary file at a time, with a path that the kernel takes");
    }
    path.copy(temporary_path.data(), path.size());
    temporary_path[path.size()] = '\0';
    temporary_exists = true;
}

RemovedOnSignal::~RemovedOnSignal() {
    temporary_exists = false;
}

} // namespace mcp::adapters
