#pragma once
#include <atomic>

namespace mcp::flow {

/// How the service is told to stop. Read from any thread.
struct Halt {
    std::atomic<bool> is_asked{false};  ///< begin nothing new, end what is in progress
    std::atomic<bool> is_urgent{false}; ///< give up what is in progress: it stays owed
};

} // namespace mcp::flow
