#pragma once
#include "adapters/files/atomic_file.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct ZSTD_CCtx_s;

namespace mcp::adapters {

/// An AtomicFile whose content is packed by zstd on the way, with a checksum. Memory: about 4 MB.
class ZstdFile {
public:
    [[nodiscard]] static Result<ZstdFile> begin(const std::string& folder, mode_t mode);

    [[nodiscard]] Result<void> write(std::string_view bytes);
    [[nodiscard]] Result<void> commit(const std::string& path);

private:
    struct FreeContext {
        void operator()(ZSTD_CCtx_s* context) const;
    };

    explicit ZstdFile(AtomicFile file);
    [[nodiscard]] Result<void> pack(std::string_view bytes, bool is_end);

    AtomicFile file_;
    std::unique_ptr<ZSTD_CCtx_s, FreeContext> context_;
    std::vector<char> packed_;
};

} // namespace mcp::adapters
