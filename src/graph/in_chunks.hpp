#pragma once
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

namespace mcp::graph {

/// The pieces into which work is cut, however many threads share it: sums by piece come out the same to the last bit.
inline constexpr std::uint32_t kChunks = 16;

/// Calls work(chunk, begin, end) for kChunks consecutive ranges that cover [0, count), on up to `threads` threads.
/// `work` may throw nothing and must touch only what belongs to its chunk.
template <typename Work>
void in_chunks(std::uint32_t count, unsigned threads, const Work& work) {
    std::atomic<std::uint32_t> next{0};
    const auto run = [&] {
        for (std::uint32_t chunk = next++; chunk < kChunks; chunk = next++) {
            const auto bound = [&](std::uint64_t k) { return static_cast<std::uint32_t>(k * count / kChunks); };
            work(chunk, bound(chunk), bound(chunk + 1));
        }
    };
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < std::min<unsigned>(threads, kChunks); ++i) {
        helpers.emplace_back(run);
    }
    run();
}

} // namespace mcp::graph
