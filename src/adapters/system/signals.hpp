#pragma once
#include <string>

namespace mcp::adapters {

/// What signals do to a command. To be called once, before any thread starts.
/// - Ctrl-C (SIGINT): the temporary file goes, `farewell` is the one line on standard error, and the process dies by
///   the signal itself, so that a shell sees 130 and stops its script too.
/// - SIGTERM and SIGHUP: the same, without a word.
/// - A closed pipe (SIGPIPE) ends the process quietly, whatever disposition the parent left us.
/// - A file grown too large for `ulimit -f` (SIGXFSZ) ends nothing: the write fails, and its fault is told.
void set_signals(const std::string& farewell);

/// While alive, a signal that ends the process also removes `path`. One at a time: a command writes one file.
class RemovedOnSignal {
public:
    explicit RemovedOnSignal(const std::string& path);
    ~RemovedOnSignal();
    RemovedOnSignal(const RemovedOnSignal&) = delete;
    RemovedOnSignal& operator=(const RemovedOnSignal&) = delete;
};

} // namespace mcp::adapters
