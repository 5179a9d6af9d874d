#include "adapters/files/read_file.hpp"

#include "adapters/files/raw_file.hpp"

#include <cstdint>

namespace mcp::adapters {

Result<std::string> read_file(const std::string& path, std::size_t bytes_max) {
    Result<std::unique_ptr<ByteSource>> file = RawFile::open(path);
    if (!file) {
        return fail(std::move(file.error()));
    }
    std::string bytes;
    while (true) {
        const Result<std::string_view> piece = (*file)->next();
        if (!piece) {
            return fail(piece.error());
        }
        if (piece->empty()) {
            return bytes;
        }
        if (piece->size() > bytes_max - bytes.size()) {
            return fail(ErrorKind::invalid_input,
                        {"file.over_limit", {{"limit", static_cast<std::int64_t>(bytes_max)}}});
        }
        bytes += *piece;
    }
}

} // namespace mcp::adapters
