#include "adapters/rag/asset_name.hpp"

#include "adapters/files/day_name.hpp"

#include <array>
#include <fmt/format.h>
#include <openssl/evp.h>

namespace mcp::adapters {
namespace {

constexpr std::string_view kEnding = ".json";

bool is_kept(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

std::string sha256_hex(std::string_view bytes) {
    std::array<unsigned char, 32> digest{};
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    std::string hex;
    for (const unsigned char byte : digest) {
        hex += fmt::format("{:02x}", byte);
    }
    return hex;
}

} // namespace

std::string asset_folder_name(std::string_view user_id) {
    std::string name;
    for (const char c : user_id) {
        if (is_kept(c)) {
            name += c;
        } else {
            name += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    if (name.empty()) {
        return "%empty";
    }
    return name.size() <= kAssetNameBytesMax ? name : "%sha256-" + sha256_hex(user_id);
}

std::string asset_file_name(Day day) {
    return day_name(day) + std::string(kEnding);
}

std::optional<Day> day_of_asset(std::string_view file_name) {
    if (!file_name.ends_with(kEnding)) {
        return std::nullopt;
    }
    return parse_day_name(file_name.substr(0, file_name.size() - kEnding.size()));
}

} // namespace mcp::adapters
