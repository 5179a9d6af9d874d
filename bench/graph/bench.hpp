#pragma once
#include "domain/network.hpp"

#include <algorithm>
#include <ctime>
#include <string>

/// The speed of the graph engine on a real graph, beside that of other libraries in the same run.
namespace mcp::bench {

struct Input {
    std::string path;
    domain::Network network; ///< what the file holds
};

/// One thing to measure; it prints its own lines. A new case is a file beside this one and a row in main.cpp.
struct Case {
    const char* name;
    void (*run)(const Input&);
};

/// CPU time of the whole process, so that what else the machine does counts little. @pre `work` uses one thread
template <typename Work>
double seconds(Work work) {
    const std::clock_t begin = std::clock();
    work();
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

template <typename Work>
double best_seconds(int runs, Work work) {
    double best = seconds(work);
    for (int run = 1; run < runs; ++run) {
        best = std::min(best, seconds(work));
    }
    return best;
}

} // namespace mcp::bench
