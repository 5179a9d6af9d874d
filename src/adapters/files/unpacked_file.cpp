#include "adapters/files/unpacked_file.hpp"

#include "adapters/files/raw_file.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <new>
#include <openssl/evp.h>
#include <utility>

namespace mcp::adapters {
namespace {

constexpr std::size_t kOutBytes = 256 * 1024;

/// Windows' PowerShell writes `>` in UTF-16: the commonest way to make a graph file that cannot be read.
bool is_utf16(std::string_view first_bytes) {
    const std::string_view mark = first_bytes.substr(0, 2);
    return mark == "\xFF\xFE" || mark == "\xFE\xFF";
}

} // namespace

void UnpackedFile::FreeDigest::operator()(evp_md_ctx_st* digest) const {
    ::EVP_MD_CTX_free(digest);
}

UnpackedFile::UnpackedFile(std::unique_ptr<ByteSource> file, std::uint64_t bytes_max)
    : file_(std::move(file)), bytes_max_(bytes_max), digest_(::EVP_MD_CTX_new()) {
    if (!digest_ || ::EVP_DigestInit_ex(digest_.get(), ::EVP_sha256(), nullptr) != 1) {
        throw std::bad_alloc();
    }
}

UnpackedFile::~UnpackedFile() = default;

Result<std::unique_ptr<UnpackedFile>> UnpackedFile::open(const std::string& path, std::uint64_t bytes_max) {
    Result<std::unique_ptr<ByteSource>> raw = RawFile::open(path);
    if (!raw) {
        return fail(std::move(raw.error()));
    }
    std::unique_ptr<UnpackedFile> file(new UnpackedFile(std::move(*raw), bytes_max));
    if (Result<void> first = file->refill(); !first) {
        return fail(std::move(first.error()));
    }
    if (is_utf16(file->packed_)) {
        return fail(ErrorKind::invalid_input, {"file.utf16", {}});
    }
    if (const Packing packing = packing_of(file->packed_); packing != Packing::plain) {
        file->unpacker_ = make_unpacker(packing);
        file->out_.resize(kOutBytes);
    }
    return file;
}

Result<std::string_view> UnpackedFile::next() {
    Result<std::string_view> piece = unpacker_ ? unpack() : plain_piece();
    if (!piece) {
        return piece;
    }
    unpacked_bytes_ += piece->size();
    if (unpacked_bytes_ > bytes_max_) {
        return fail(ErrorKind::invalid_input, {"file.too_large", {{"limit", static_cast<std::int64_t>(bytes_max_)}}});
    }
    if (unpacked_bytes_ == 0) {
        return fail(ErrorKind::invalid_input, {"file.empty", {}});
    }
    if (::EVP_DigestUpdate(digest_.get(), piece->data(), piece->size()) != 1) {
        throw std::bad_alloc();
    }
    return piece;
}

std::string UnpackedFile::sha256() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    if (::EVP_DigestFinal_ex(digest_.get(), bytes.data(), &size) != 1) {
        throw std::bad_alloc();
    }
    std::string hex;
    for (unsigned i = 0; i < size; ++i) {
        hex += fmt::format("{:02x}", bytes[i]);
    }
    return hex;
}

Result<void> UnpackedFile::refill() {
    Result<std::string_view> piece = file_->next();
    if (!piece) {
        return fail(std::move(piece.error()));
    }
    packed_ = *piece;
    is_all_read_ = packed_.empty();
    return {};
}

Result<std::string_view> UnpackedFile::plain_piece() {
    if (packed_.empty() && !is_all_read_) {
        if (Result<void> read = refill(); !read) {
            return fail(std::move(read.error()));
        }
    }
    return std::exchange(packed_, {});
}

Result<std::string_view> UnpackedFile::unpack() {
    while (true) {
        if (packed_.empty() && !is_all_read_) {
            if (Result<void> read = refill(); !read) {
                return fail(std::move(read.error()));
            }
        }
        if (!is_in_frame_) {
            const std::size_t padding =
                std::min(packed_.find_first_not_of('\0'), packed_.size()); // as xz and tar leave it
            packed_.remove_prefix(padding);
            packed_bytes_ += padding;
            if (packed_.empty() && is_all_read_) {
                return std::string_view{};
            }
            if (packed_.empty()) {
                continue;
            }
            unpacker_->begin_frame();
            is_in_frame_ = true;
        }
        const UnpackStep step = unpacker_->step(packed_, out_.data(), out_.size());
        packed_.remove_prefix(step.taken);
        packed_bytes_ += step.taken;
        if (step.corrupt) {
            return refuse("file.damaged");
        }
        is_in_frame_ = !step.frame_ended;
        if (step.made > 0) {
            return std::string_view(out_.data(), step.made);
        }
        if (is_in_frame_ && is_all_read_ && step.taken == 0) {
            return refuse("file.truncated");
        }
    }
}

tl::unexpected<Error> UnpackedFile::refuse(std::string_view key) const {
    return fail(ErrorKind::invalid_input, {key, {{"byte", std::to_string(packed_bytes_)}}});
}

} // namespace mcp::adapters
