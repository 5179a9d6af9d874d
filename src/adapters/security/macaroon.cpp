#include "adapters/security/macaroon.hpp"

#include "adapters/security/macaroon_bytes.hpp"

#include <algorithm>
#include <cctype>

namespace mcp::adapters {
namespace {

constexpr char kVersion = 2;
constexpr std::size_t kSignatureBytes = 32;
constexpr std::size_t kCaveatsMax = 50;

enum PacketType : std::uint32_t { kEnd = 0, kLocation = 1, kIdentifier = 2, kVerification = 4, kSignature = 6 };

struct Packet {
    std::uint32_t type;
    std::string_view data;
};

/// Packets of ascending type up to the one that ends them.
std::optional<std::vector<Packet>> read_section(MacaroonBytes& bytes) {
    std::vector<Packet> section;
    for (;;) {
        const std::optional<std::uint32_t> type = bytes.number();
        if (!type) {
            return std::nullopt;
        }
        if (*type == kEnd) {
            return section;
        }
        const std::optional<std::string_view> data = bytes.counted_bytes();
        if (!data || (!section.empty() && section.back().type >= *type)) {
            return std::nullopt;
        }
        section.push_back({*type, *data});
    }
}

bool has_types(const std::vector<Packet>& section, std::initializer_list<std::uint32_t> types) {
    return std::equal(section.begin(), section.end(), types.begin(), types.end(),
                      [](const Packet& packet, std::uint32_t type) { return packet.type == type; });
}

bool ends_in_signature(MacaroonBytes& bytes) {
    const std::optional<std::uint32_t> type = bytes.number();
    const std::optional<std::string_view> data = type == kSignature ? bytes.counted_bytes() : std::nullopt;
    return data && data->size() == kSignatureBytes && bytes.at_end();
}

tl::unexpected<Error> refuse(Message why) {
    return fail(ErrorKind::invalid_input, std::move(why));
}

/// Version 1 begins with the length of its first line, in four hexadecimal digits.
bool is_version_1(std::string_view bytes) {
    constexpr std::size_t kDigits = 4;
    return bytes.size() > kDigits &&
           std::all_of(bytes.begin(), bytes.begin() + kDigits, [](unsigned char c) { return std::isxdigit(c) != 0; }) &&
           (bytes.substr(kDigits).starts_with("location") || bytes.substr(kDigits).starts_with("identifier"));
}

Result<std::vector<std::string>> read_caveats(MacaroonBytes& bytes) {
    std::vector<std::string> caveats;
    for (;;) {
        const std::optional<std::vector<Packet>> section = read_section(bytes);
        if (section && section->empty()) {
            return caveats;
        }
        if (section && section->back().type == kVerification) {
            return refuse({"credential.third_party", {}});
        }
        if (!section || !has_types(*section, {kIdentifier}) || caveats.size() == kCaveatsMax) {
            return refuse({"credential.macaroon_damaged", {}});
        }
        caveats.emplace_back(section->front().data);
    }
}

} // namespace

Result<Macaroon> parse_macaroon(std::string_view bytes) {
    if (is_version_1(bytes) || bytes.starts_with('{')) {
        return refuse({"credential.macaroon_version", {}});
    }
    if (!bytes.starts_with(kVersion)) {
        return refuse({"credential.no_macaroon", {}});
    }
    MacaroonBytes packets(bytes.substr(1));
    const std::optional<std::vector<Packet>> head = read_section(packets);
    if (!head || !(has_types(*head, {kIdentifier}) || has_types(*head, {kLocation, kIdentifier}))) {
        return refuse({"credential.macaroon_damaged", {}});
    }
    Result<std::vector<std::string>> caveats = read_caveats(packets);
    if (!caveats) {
        return fail(std::move(caveats.error()));
    }
    if (!ends_in_signature(packets)) {
        return refuse({"credential.macaroon_damaged", {}});
    }
    return Macaroon{std::string(head->back().data), *std::move(caveats)};
}

} // namespace mcp::adapters
