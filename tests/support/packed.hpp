#pragma once
#include "adapters/files/packing.hpp"

#include <lzma.h>
#include <stdexcept>
#include <string>
#include <zlib.h>
#include <zstd.h>

namespace mcp::test {

inline std::string gzipped(const std::string& text) {
    z_stream state{};
    ::deflateInit2(&state, Z_BEST_SPEED, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string packed(::deflateBound(&state, text.size()), '\0');
    state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    state.avail_in = static_cast<uInt>(text.size());
    state.next_out = reinterpret_cast<Bytef*>(packed.data());
    state.avail_out = static_cast<uInt>(packed.size());
    ::deflate(&state, Z_FINISH);
    packed.resize(state.total_out);
    ::deflateEnd(&state);
    return packed;
}

inline std::string xz_packed(const std::string& text) {
    std::string packed(::lzma_stream_buffer_bound(text.size()), '\0');
    std::size_t size = 0;
    ::lzma_easy_buffer_encode(0, LZMA_CHECK_CRC64, nullptr, reinterpret_cast<const std::uint8_t*>(text.data()),
                              text.size(), reinterpret_cast<std::uint8_t*>(packed.data()), &size, packed.size());
    packed.resize(size);
    return packed;
}

inline std::string zstd_packed(const std::string& text) {
    std::string packed(::ZSTD_compressBound(text.size()) + 8, '\0');
    ZSTD_CCtx* state = ::ZSTD_createCCtx();
    ::ZSTD_CCtx_setParameter(state, ZSTD_c_checksumFlag, 1); // as the zstd program does: damage is seen
    packed.resize(::ZSTD_compress2(state, packed.data(), packed.size(), text.data(), text.size()));
    ::ZSTD_freeCCtx(state);
    return packed;
}

inline std::string packed(const std::string& text, adapters::Packing packing) {
    switch (packing) {
    case adapters::Packing::gzip:
        return gzipped(text);
    case adapters::Packing::xz:
        return xz_packed(text);
    case adapters::Packing::zstd:
        return zstd_packed(text);
    case adapters::Packing::plain:
        return text;
    }
    throw std::logic_error("unknown packing");
}

} // namespace mcp::test
