#include "adapters/files/zstd_file.hpp"

#include <new>
#include <stdexcept>
#include <utility>
#include <zstd.h>

namespace mcp::adapters {

void ZstdFile::FreeContext::operator()(ZSTD_CCtx_s* context) const {
    ::ZSTD_freeCCtx(context);
}

ZstdFile::ZstdFile(AtomicFile file)
    : file_(std::move(file)), context_(::ZSTD_createCCtx()), packed_(::ZSTD_CStreamOutSize()) {
    constexpr int kLevel = 3;
    if (!context_) {
        throw std::bad_alloc();
    }
    ::ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, kLevel);
    ::ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
}

Result<ZstdFile> ZstdFile::begin(const std::string& folder, mode_t mode) {
    return AtomicFile::begin(folder, mode).map([](AtomicFile&& file) { return ZstdFile(std::move(file)); });
}

Result<void> ZstdFile::write(std::string_view bytes) {
    return pack(bytes, false);
}

Result<void> ZstdFile::commit(const std::string& path) {
    return pack({}, true).and_then([&] { return file_.commit(path); });
}

Result<void> ZstdFile::pack(std::string_view bytes, bool is_end) {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    std::size_t unwritten = 0;
    do {
        ZSTD_outBuffer out{packed_.data(), packed_.size(), 0};
        unwritten = ::ZSTD_compressStream2(context_.get(), &out, &in, is_end ? ZSTD_e_end : ZSTD_e_continue);
        if (::ZSTD_isError(unwritten) != 0) {
            throw std::runtime_error(::ZSTD_getErrorName(unwritten)); // of memory, or of us: no data can be at fault
        }
        if (Result<void> written = file_.write({packed_.data(), out.pos}); !written) {
            return written;
        }
    } while (in.pos < in.size || (is_end && unwritten != 0));
    return {};
}

} // namespace mcp::adapters
