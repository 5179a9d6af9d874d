#include "adapters/files/packing.hpp"

#include <lzma.h>
#include <new>
#include <stdexcept>
#include <zlib.h>
#include <zstd.h>

namespace mcp::adapters {
namespace {

using namespace std::string_view_literals;

class GzipUnpacker : public Unpacker {
public:
    GzipUnpacker() {
        constexpr int kGzipOnly = 16; // zlib's way to say: the gzip header, not its own
        if (::inflateInit2(&state_, kGzipOnly + MAX_WBITS) != Z_OK) {
            throw std::bad_alloc();
        }
    }
    ~GzipUnpacker() override { ::inflateEnd(&state_); }
    GzipUnpacker(const GzipUnpacker&) = delete;
    GzipUnpacker& operator=(const GzipUnpacker&) = delete;

    void begin_frame() override { ::inflateReset(&state_); }

    UnpackStep step(std::string_view packed, char* out, std::size_t out_size) override {
        state_.next_in =
            reinterpret_cast<Bytef*>(const_cast<char*>(packed.data())); // zlib takes no const, and writes nothing
        state_.avail_in = static_cast<uInt>(packed.size());
        state_.next_out = reinterpret_cast<Bytef*>(out);
        state_.avail_out = static_cast<uInt>(out_size);
        const int status = ::inflate(&state_, Z_NO_FLUSH);
        return {.taken = packed.size() - state_.avail_in,
                .made = out_size - state_.avail_out,
                .frame_ended = status == Z_STREAM_END,
                .corrupt = status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR};
    }

private:
    z_stream state_{};
};

class XzUnpacker : public Unpacker {
public:
    XzUnpacker() = default;
    ~XzUnpacker() override { ::lzma_end(&state_); }
    XzUnpacker(const XzUnpacker&) = delete;
    XzUnpacker& operator=(const XzUnpacker&) = delete;

    void begin_frame() override {
        constexpr std::uint64_t kMemoryMax = 256u << 20;
        if (::lzma_stream_decoder(&state_, kMemoryMax, 0) != LZMA_OK) {
            throw std::bad_alloc();
        }
    }

    UnpackStep step(std::string_view packed, char* out, std::size_t out_size) override {
        state_.next_in = reinterpret_cast<const std::uint8_t*>(packed.data());
        state_.avail_in = packed.size();
        state_.next_out = reinterpret_cast<std::uint8_t*>(out);
        state_.avail_out = out_size;
        const lzma_ret status = ::lzma_code(&state_, LZMA_RUN);
        return {.taken = packed.size() - state_.avail_in,
                .made = out_size - state_.avail_out,
                .frame_ended = status == LZMA_STREAM_END,
                .corrupt = status != LZMA_OK && status != LZMA_STREAM_END && status != LZMA_BUF_ERROR};
    }

private:
    lzma_stream state_ = LZMA_STREAM_INIT;
};

class ZstdUnpacker : public Unpacker {
public:
    ZstdUnpacker() : state_(::ZSTD_createDStream()) {
        if (state_ == nullptr) {
            throw std::bad_alloc();
        }
    }
    ~ZstdUnpacker() override { ::ZSTD_freeDStream(state_); }
    ZstdUnpacker(const ZstdUnpacker&) = delete;
    ZstdUnpacker& operator=(const ZstdUnpacker&) = delete;

    void begin_frame() override { ::ZSTD_initDStream(state_); } // its own window limit is 128 MiB

    UnpackStep step(std::string_view packed, char* out, std::size_t out_size) override {
        ZSTD_inBuffer in{packed.data(), packed.size(), 0};
        ZSTD_outBuffer unpacked{out, out_size, 0};
        const std::size_t status = ::ZSTD_decompressStream(state_, &unpacked, &in);
        return {
            .taken = in.pos, .made = unpacked.pos, .frame_ended = status == 0, .corrupt = ::ZSTD_isError(status) != 0};
    }

private:
    ZSTD_DStream* state_;
};

} // namespace

Packing packing_of(std::string_view first_bytes) {
    const auto begins = [&](std::string_view magic) { return first_bytes.substr(0, magic.size()) == magic; };
    if (begins("\x1F\x8B"sv)) {
        return Packing::gzip;
    }
    if (begins("\xFD"
               "7zXZ\0"sv)) {
        return Packing::xz;
    }
    return begins("\x28\xB5\x2F\xFD"sv) ? Packing::zstd : Packing::plain;
}

std::unique_ptr<Unpacker> make_unpacker(Packing packing) {
    switch (packing) {
    case Packing::gzip:
        return std::make_unique<GzipUnpacker>();
    case Packing::xz:
        return std::make_unique<XzUnpacker>();
    case Packing::zstd:
        return std::make_unique<ZstdUnpacker>();
    case Packing::plain:
        break;
    }
    throw std::logic_error("a plain file needs no unpacker");
}

} // namespace mcp::adapters
