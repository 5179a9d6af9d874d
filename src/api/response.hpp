#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace mcp::api {

/// What an answer says, in pieces, so that a stored document of any size is sent without being copied.
class Body {
public:
    using Shared = std::shared_ptr<const std::string>;
    /// A string_view is a literal: it outlives every answer.
    using Piece = std::variant<std::string_view, std::string, Shared>;

    Body() = default;
    explicit Body(std::string text) { add(std::move(text)); }

    void add_literal(std::string_view text) { pieces_.emplace_back(text); }
    void add(std::string text) { pieces_.emplace_back(std::move(text)); }
    void add(Shared text) { pieces_.emplace_back(std::move(text)); }

    [[nodiscard]] const std::vector<Piece>& pieces() const { return pieces_; }
    [[nodiscard]] static std::string_view bytes(const Piece& piece) {
        if (const auto* literal = std::get_if<std::string_view>(&piece)) {
            return *literal;
        }
        const auto* own = std::get_if<std::string>(&piece);
        return own != nullptr ? *own : *std::get<Shared>(piece);
    }
    [[nodiscard]] std::size_t size() const {
        std::size_t sum = 0;
        for (const Piece& piece : pieces_) {
            sum += bytes(piece).size();
        }
        return sum;
    }
    [[nodiscard]] std::string text() const { ///< all in one piece
        std::string whole;
        for (const Piece& piece : pieces_) {
            whole += bytes(piece);
        }
        return whole;
    }

private:
    std::vector<Piece> pieces_;
};

struct Header {
    std::string_view name; ///< a literal
    std::string value;     ///< without line ends
};

inline constexpr std::string_view kJson = "application/json";

/// What a browser may do with an answer that is data: nothing.
inline constexpr std::string_view kDataPolicy = "default-src 'none'; frame-ancestors 'none'";

/// An answer before it is put into HTTP.
struct Response {
    int status = 200;
    std::string_view content_type = kJson; ///< a literal
    Body body;
    std::vector<Header> headers;                   ///< beside those that every answer has
    std::string_view content_policy = kDataPolicy; ///< a literal: Content-Security-Policy

    /// The value of a header; nothing when it is not there.
    [[nodiscard]] const std::string* header(std::string_view name) const {
        for (const Header& header : headers) {
            if (header.name == name) {
                return &header.value;
            }
        }
        return nullptr;
    }
};

} // namespace mcp::api
