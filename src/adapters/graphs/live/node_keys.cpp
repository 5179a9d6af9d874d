#include "adapters/graphs/live/node_keys.hpp"

#include "adapters/files/read_file.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>

namespace mcp::adapters {
namespace {

constexpr std::size_t kKeyBytesMax = 8 << 10; // it must fit into a header
constexpr std::size_t kCertificateBytesMax = 1 << 20;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t begin = std::min(text.find_first_not_of(kBlank), text.size());
    return text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin);
}

bool is_hex(std::string_view text) {
    return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

std::string hex_of(std::string_view bytes) {
    std::string hex;
    for (const char byte : bytes) {
        hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    }
    return hex;
}

/// The content of a file that is not empty.
Result<std::string> content_of(const std::string& path, std::size_t bytes_max) {
    Result<std::string> content = read_file(path, bytes_max);
    if (content && trimmed(*content).empty()) {
        content = fail(ErrorKind::invalid_input, {"file.empty", {}});
    }
    return content.map_error([&](Error error) { return std::move(error).in({"file.path", {{"path", path}}}); });
}

template <typename Reading>
Result<std::optional<std::string>> key_in(const std::string& path, std::size_t bytes_max, Reading reading) {
    if (path.empty()) {
        return std::optional<std::string>();
    }
    return content_of(path, bytes_max).map([&](const std::string& content) {
        return std::optional<std::string>(reading(content));
    });
}

} // namespace

Result<std::optional<std::string>> macaroon_hex(const std::string& path) {
    return key_in(path, kKeyBytesMax, [](const std::string& content) {
        const std::string_view text = trimmed(content);
        return is_hex(text) ? std::string(text) : hex_of(content);
    });
}

Result<std::optional<std::string>> rune_text(const std::string& path) {
    return key_in(path, kKeyBytesMax, [](const std::string& content) { return std::string(trimmed(content)); });
}

Result<std::optional<std::string>> certificate_pem(const std::string& path) {
    return key_in(path, kCertificateBytesMax, [](const std::string& content) { return content; });
}

} // namespace mcp::adapters
