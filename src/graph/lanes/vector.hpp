#pragma once
#include "graph/lanes/kernels.hpp"

#if defined(__SSE2__)
#include <immintrin.h>
#endif

// Doubles side by side, in the widest vectors the including file is compiled for. The namespace is anonymous because
// every such file must have its own copy (see kernels.hpp); so only the kernels may include this.
namespace mcp::graph::lanes {
namespace {

#if defined(__AVX512F__)
constexpr int kVectorBytes = 64;
#elif defined(__AVX2__)
constexpr int kVectorBytes = 32;
#else
constexpr int kVectorBytes = 16;
#endif

constexpr int kLanesOfPart = kVectorBytes / static_cast<int>(sizeof(double));
constexpr int kParts = kLanes / kLanesOfPart;
constexpr double kInfinity = __builtin_inf();

using Vector = double __attribute__((vector_size(kVectorBytes)));
using Bits = decltype(Vector{} == Vector{}); ///< all ones where true

struct Mask {
    Bits part[kParts];
};

struct Lanes {
    Vector part[kParts];
};

/// The result of `operation(part)` for each part.
template <typename Result, typename Operation>
inline Result for_parts(Operation operation) {
    Result result;
#pragma GCC unroll 8
    for (int part = 0; part < kParts; ++part) {
        result.part[part] = operation(part);
    }
    return result;
}

// Part by part: copying all 64 bytes at once, compilers go through memory.
inline Lanes load(const Row& row) {
    return for_parts<Lanes>([&](int i) {
        Vector part;
        __builtin_memcpy(&part, row.lane + i * kLanesOfPart, sizeof part);
        return part;
    });
}

inline void store(Row& row, const Lanes& lanes) {
#pragma GCC unroll 8
    for (int i = 0; i < kParts; ++i) {
        __builtin_memcpy(row.lane + i * kLanesOfPart, &lanes.part[i], sizeof(Vector));
    }
}

inline Lanes everywhere(double value) {
    return for_parts<Lanes>([&](int) { return Vector{} + value; });
}

inline Lanes operator+(const Lanes& a, const Lanes& b) {
    return for_parts<Lanes>([&](int i) { return a.part[i] + b.part[i]; });
}

inline Lanes operator-(const Lanes& a, const Lanes& b) {
    return for_parts<Lanes>([&](int i) { return a.part[i] - b.part[i]; });
}

inline Lanes operator*(const Lanes& a, const Lanes& b) {
    return for_parts<Lanes>([&](int i) { return a.part[i] * b.part[i]; });
}

inline Lanes operator/(const Lanes& a, const Lanes& b) {
    return for_parts<Lanes>([&](int i) { return a.part[i] / b.part[i]; });
}

inline Mask operator==(const Lanes& a, const Lanes& b) {
    return for_parts<Mask>([&](int i) { return a.part[i] == b.part[i]; });
}

inline Mask operator!=(const Lanes& a, const Lanes& b) {
    return for_parts<Mask>([&](int i) { return a.part[i] != b.part[i]; });
}

inline Mask operator<(const Lanes& a, const Lanes& b) {
    return for_parts<Mask>([&](int i) { return a.part[i] < b.part[i]; });
}

/// `lanes` where `mask` is true, 0 elsewhere.
inline Lanes keep(const Mask& mask, const Lanes& lanes) {
    return for_parts<Lanes>([&](int i) { return mask.part[i] ? lanes.part[i] : Vector{}; });
}

/// `yes` where `mask` is true, `no` elsewhere.
inline Lanes choose(const Mask& mask, const Lanes& yes, const Lanes& no) {
    return for_parts<Lanes>([&](int i) { return mask.part[i] ? yes.part[i] : no.part[i]; });
}

inline Lanes smaller(const Lanes& a, const Lanes& b) {
    return for_parts<Lanes>([&](int i) { return a.part[i] < b.part[i] ? a.part[i] : b.part[i]; });
}

inline bool any(Bits bits) {
#if defined(__AVX512F__)
    return _mm512_test_epi64_mask(reinterpret_cast<__m512i>(bits), reinterpret_cast<__m512i>(bits)) != 0;
#elif defined(__AVX2__)
    return _mm256_movemask_pd(reinterpret_cast<__m256d>(bits)) != 0;
#elif defined(__SSE2__)
    return _mm_movemask_pd(reinterpret_cast<__m128d>(bits)) != 0;
#else
    return (bits[0] | bits[1]) != 0;
#endif
}

inline bool any(const Mask& mask) {
    Bits bits = mask.part[0];
#pragma GCC unroll 8
    for (int part = 1; part < kParts; ++part) {
        bits |= mask.part[part];
    }
    return any(bits);
}

inline double least(const Lanes& lanes) {
    Row row;
    store(row, lanes);
    double result = row.lane[0];
    for (const double value : row.lane) {
        result = value < result ? value : result;
    }
    return result;
}

/// Lane by lane, always in this order: the same bits from every instruction set.
inline double sum(const Lanes& lanes) {
    Row row;
    store(row, lanes);
    return ((row.lane[0] + row.lane[1]) + (row.lane[2] + row.lane[3])) +
           ((row.lane[4] + row.lane[5]) + (row.lane[6] + row.lane[7]));
}

} // namespace
} // namespace mcp::graph::lanes
