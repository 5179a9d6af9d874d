#pragma once
#include "adapters/files/byte_source.hpp"
#include "adapters/files/packing.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct evp_md_ctx_st;

namespace mcp::adapters {

inline constexpr std::uint64_t kUnpackedBytesMax = 1ULL << 30;

/// A file's content, unpacked on the way when it is gzip, xz or zstd (several frames after each other too).
/// Memory: two pieces of 256 KiB and what the format needs. Errors name no path: whoever opened the file adds it.
class UnpackedFile : public ByteSource {
public:
    /// @param path "-" is standard input   @param bytes_max more unpacked bytes than this are refused
    [[nodiscard]] static Result<std::unique_ptr<UnpackedFile>> open(const std::string& path,
                                                                    std::uint64_t bytes_max = kUnpackedBytesMax);
    ~UnpackedFile() override;

    /// @return an error for an empty file, one that ends early or is damaged (with the byte), and one too large
    [[nodiscard]] Result<std::string_view> next() override;

    [[nodiscard]] std::uint64_t bytes() const { return unpacked_bytes_; } ///< unpacked so far
    /// SHA-256 of all unpacked bytes, 64 hex digits. @pre next() has come to the end; to be called once
    [[nodiscard]] std::string sha256();

private:
    struct FreeDigest {
        void operator()(evp_md_ctx_st* digest) const;
    };

    UnpackedFile(std::unique_ptr<ByteSource> file, std::uint64_t bytes_max);
    Result<void> refill();
    Result<std::string_view> unpack();
    Result<std::string_view> plain_piece();
    [[nodiscard]] tl::unexpected<Error> refuse(std::string_view key) const;

    std::unique_ptr<ByteSource> file_;
    std::uint64_t bytes_max_;
    std::unique_ptr<Unpacker> unpacker_; ///< nullptr: plain
    std::unique_ptr<evp_md_ctx_st, FreeDigest> digest_;
    std::vector<char> out_;
    std::string_view packed_; ///< read and not yet used
    bool is_all_read_ = false;
    bool is_in_frame_ = false;
    std::uint64_t packed_bytes_ = 0; ///< used so far
    std::uint64_t unpacked_bytes_ = 0;
};

} // namespace mcp::adapters
