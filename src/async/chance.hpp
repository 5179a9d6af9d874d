#pragma once
#include <cstdint>

namespace mcp {

/// Random numbers for ids and for the jitter of retries; never for a figure. A test's own repeats itself by seed.
class Chance {
public:
    virtual ~Chance() = default;
    virtual std::uint64_t bits() = 0; ///< 64 random bits

    /// Evenly from [0, 1).
    double share() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
};

} // namespace mcp
