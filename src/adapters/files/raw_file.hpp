#pragma once
#include "adapters/files/byte_source.hpp"

#include <memory>
#include <string>
#include <vector>

namespace mcp::adapters {

/// A descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept;
    Descriptor& operator=(Descriptor&&) = delete;

    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

/// The bytes of a file, or of standard input, as they are. Every piece but the last is full (256 KiB), also from a
/// pipe.
class RawFile : public ByteSource {
public:
    /// @param path "-" is standard input
    /// @return an error for what is not there, is a directory or may not be read
    [[nodiscard]] static Result<std::unique_ptr<ByteSource>> open(const std::string& path);

    [[nodiscard]] Result<std::string_view> next() override;

private:
    explicit RawFile(Descriptor file);

    Descriptor file_;
    std::vector<char> buffer_;
};

} // namespace mcp::adapters
