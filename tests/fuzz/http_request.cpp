// Any bytes as requests on one connection: read in pieces of any size they are the same requests, and never more than
// the bounds allow.
#include "api/request_parser.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace {

using mcp::api::Inbox;
using mcp::api::Parsed;
using mcp::api::RequestParser;

constexpr std::size_t kBodyMax = 2048;

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

struct Seen {
    std::string method;
    std::string target;
    std::string authorization;
    std::string body;
    bool keep_alive;

    bool operator==(const Seen&) const = default;
};

/// The whole requests that come before the first that is broken or cut off.
class Connection {
public:
    explicit Connection(std::string_view bytes, std::size_t piece) : bytes_(bytes), piece_(piece) {}

    std::vector<Seen> read_all() {
        std::vector<Seen> seen;
        for (;;) {
            std::string body;
            parser_.begin(body);
            const bool is_read = read([&] { return parser_.read_head(inbox_); }) &&
                                 (parser_.is_done() || read([&] { return parser_.read_body(inbox_, kBodyMax); }));
            if (!is_read) {
                return seen;
            }
            const mcp::api::Fields& fields = parser_.fields();
            demand(fields.target.size() <= mcp::api::kTargetMax && body.size() <= kBodyMax);
            seen.push_back({fields.method, fields.target, fields.authorization, body, parser_.keep_alive()});
        }
    }

private:
    template <typename Step>
    bool read(Step step) {
        for (;;) {
            if (const std::optional<Parsed> parsed = step()) {
                return *parsed == Parsed::complete;
            }
            const std::span<char> space = inbox_.space();
            const std::size_t bytes = std::min({bytes_.size(), piece_, space.size()});
            demand(!space.empty()); // else it would wait for ever
            if (bytes == 0) {
                return false;
            }
            std::copy_n(bytes_.begin(), bytes, space.begin());
            bytes_.remove_prefix(bytes);
            inbox_.came(bytes);
        }
    }

    std::string_view bytes_;
    std::size_t piece_;
    Inbox inbox_{mcp::api::kHeadMax + 1};
    RequestParser parser_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::vector<Seen> whole = Connection(bytes, bytes.size()).read_all();
    const std::vector<Seen> in_pieces = Connection(bytes, 1 + data[0]).read_all();
    demand(whole == in_pieces);
    return 0;
}
