#pragma once
#include "adapters/files/byte_source.hpp"

#include <memory>
#include <string_view>

namespace mcp::adapters {

/// How a file is packed.
enum class Packing { plain, gzip, xz, zstd };

/// Told from the first bytes, never from the file's name.
[[nodiscard]] Packing packing_of(std::string_view first_bytes);

/// What one turn of an unpacker did.
struct UnpackStep {
    std::size_t taken = 0;    ///< packed bytes used up
    std::size_t made = 0;     ///< unpacked bytes written
    bool frame_ended = false; ///< a whole frame (gzip member, xz stream, zstd frame) is out; another may follow
    bool corrupt = false;
};

/// One compressed format. Memory is bounded (256 MiB, what `xz -9` needs four times over): a hostile file asks for
/// GiBs.
class Unpacker {
public:
    virtual ~Unpacker() = default;
    virtual void begin_frame() = 0;
    [[nodiscard]] virtual UnpackStep step(std::string_view packed, char* out, std::size_t out_size) = 0;
};

/// @pre packing is not plain
[[nodiscard]] std::unique_ptr<Unpacker> make_unpacker(Packing packing);

} // namespace mcp::adapters
