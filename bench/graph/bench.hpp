#pragma once
#include "domain/network.hpp"

#include <algorithm>
#include <chrono>
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

template <typename Work>
double seconds(Work work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
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
