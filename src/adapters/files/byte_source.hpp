#pragma once
#include "base/error.hpp"

#include <string_view>

namespace mcp::adapters {

/// Bytes that come in pieces.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// @return the next piece, valid until the next call; empty at the end
    [[nodiscard]] virtual Result<std::string_view> next() = 0;
};

} // namespace mcp::adapters
