#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Macaroons as LND bakes them, byte for byte but for nonce and signature, which nobody but the node can check.
namespace mcp::test {

struct BakedOp {
    std::string entity;
    std::vector<std::string> actions;
};

inline std::string varint(std::size_t number) {
    std::string bytes;
    for (; number > 127; number >>= 7) {
        bytes += static_cast<char>((number & 127) | 128);
    }
    return bytes + static_cast<char>(number);
}

/// One packet of a macaroon.
inline std::string packet(std::size_t type, std::string_view data) {
    return varint(type) + varint(data.size()) + std::string(data);
}

/// One counted field of protobuf.
inline std::string proto_field(std::size_t number, std::string_view data) {
    return packet(number << 3 | 2, data);
}

inline std::string proto_op(const BakedOp& op) {
    std::string bytes = proto_field(1, op.entity);
    for (const std::string& action : op.actions) {
        bytes += proto_field(2, action);
    }
    return bytes;
}

inline std::string macaroon_identifier(const std::vector<BakedOp>& ops) {
    std::string bytes = "\x03" + proto_field(1, "0123456789abcdef") + proto_field(2, "0");
    for (const BakedOp& op : ops) {
        bytes += proto_field(3, proto_op(op));
    }
    return bytes;
}

inline std::string macaroon_of(std::string_view identifier, const std::vector<std::string>& caveats = {}) {
    std::string bytes = "\x02" + packet(1, "lnd") + packet(2, identifier) + '\0';
    for (const std::string& caveat : caveats) {
        bytes += packet(2, caveat) + '\0';
    }
    return bytes + '\0' + packet(6, std::string(32, 's'));
}

/// In binary. @param ops as LND writes them: each entity once
inline std::string baked_macaroon(const std::vector<BakedOp>& ops, const std::vector<std::string>& caveats = {}) {
    return macaroon_of(macaroon_identifier(ops), caveats);
}

/// What the words of an `lncli bakemacaroon` line ask for.
inline std::vector<BakedOp> ops_of_command(std::string_view command) {
    std::vector<BakedOp> ops;
    while (!command.empty()) {
        const std::string_view word = command.substr(0, command.find(' '));
        const std::size_t colon = word.find(':');
        if (colon != std::string_view::npos && !word.starts_with("--")) {
            ops.push_back({std::string(word.substr(0, colon)), {std::string(word.substr(colon + 1))}});
        }
        command.remove_prefix(word.size() + (word.size() < command.size() ? 1 : 0));
    }
    return ops;
}

} // namespace mcp::test
