#include "adapters/security/macaroon_rights.hpp"

#include "adapters/security/macaroon_bytes.hpp"
#include "base/text.hpp"

namespace mcp::adapters {
namespace {

constexpr char kBakeryVersion = 3;
constexpr std::size_t kRightsMax = 500;
constexpr std::size_t kWordBytesMax = 200;

/// Of a protobuf field, by its wire type.
enum WireType : std::uint32_t { kVarint = 0, kEightBytes = 1, kCounted = 2, kFourBytes = 5 };

struct Field {
    std::uint32_t number;
    std::uint32_t wire;
    std::string_view data; ///< of a counted field
};

/// A varint of up to 64 bits, whose value does not matter.
bool skip_varint(MacaroonBytes& bytes) {
    constexpr int kBytesMax = 10;
    for (int i = 0; i < kBytesMax; ++i) {
        const std::optional<std::string_view> byte = bytes.bytes(1);
        if (!byte || static_cast<std::uint8_t>(byte->front()) < 0x80) {
            return byte.has_value();
        }
    }
    return false;
}

std::optional<Field> read_field(MacaroonBytes& bytes) {
    const std::optional<std::uint32_t> key = bytes.number();
    if (!key || *key >> 3 == 0) {
        return std::nullopt;
    }
    const Field field{*key >> 3, *key & 7, {}};
    std::optional<std::string_view> data;
    switch (field.wire) {
    case kVarint:
        return skip_varint(bytes) ? std::optional(field) : std::nullopt;
    case kEightBytes:
        data = bytes.bytes(8);
        break;
    case kCounted:
        data = bytes.counted_bytes();
        break;
    case kFourBytes:
        data = bytes.bytes(4);
        break;
    default:
        return std::nullopt; // groups, which protobuf 3 does without
    }
    return data ? std::optional(Field{field.number, field.wire, *data}) : std::nullopt;
}

/// A known field must be what LND writes: one read otherwise by LND could hide a right from us.
bool is_word(const Field& field) {
    return field.wire == kCounted && !field.data.empty() && field.data.size() <= kWordBytesMax && is_utf8(field.data);
}

/// Op {1: entity, 2: repeated actions}
bool read_op(std::string_view op, std::vector<MacaroonRight>& rights) {
    MacaroonBytes bytes(op);
    std::string entity;
    const std::size_t first = rights.size();
    while (!bytes.at_end()) {
        const std::optional<Field> field = read_field(bytes);
        if (!field || (field->number <= 2 && !is_word(*field)) || (field->number == 1 && !entity.empty())) {
            return false;
        }
        if (field->number == 1) {
            entity = field->data;
        } else if (field->number == 2) {
            rights.push_back({{}, std::string(field->data)});
        }
        if (rights.size() > kRightsMax) {
            return false;
        }
    }
    for (std::size_t i = first; i < rights.size(); ++i) {
        rights[i].entity = entity;
    }
    return !entity.empty() && rights.size() > first;
}

/// MacaroonId {1: nonce, 2: storage id, 3: repeated Op}
std::optional<std::vector<MacaroonRight>> read_id(std::string_view id) {
    MacaroonBytes bytes(id);
    std::vector<MacaroonRight> rights;
    while (!bytes.at_end()) {
        const std::optional<Field> field = read_field(bytes);
        if (!field || (field->number <= 3 && field->wire != kCounted) ||
            (field->number == 3 && !read_op(field->data, rights))) {
            return std::nullopt;
        }
    }
    return rights.empty() ? std::nullopt : std::optional(std::move(rights));
}

} // namespace

Result<std::vector<MacaroonRight>> rights_of(std::string_view identifier) {
    if (identifier.starts_with(kBakeryVersion)) {
        if (std::optional<std::vector<MacaroonRight>> rights = read_id(identifier.substr(1))) {
            return *std::move(rights);
        }
    }
    return fail(ErrorKind::invalid_input, {"credential.not_of_lnd", {}});
}

} // namespace mcp::adapters
