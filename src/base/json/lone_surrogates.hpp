#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace mcp::json {

/// Text on its way to the parser. Boost.JSON 1.81 refuses a whole document for one escape like "\ud83d" without its
/// second half, which real aliases hold (an emoji cut at 32 bytes): such an escape becomes "\ufffd", which is equally
/// long, so that byte offsets stay true. A UTF-8 byte order mark at the start becomes blank for the same reason.
class SurrogateMender {
public:
    /// Gets each piece in order; answers whether to go on.
    using Sink = std::function<bool(std::string_view)>;

    /// What cannot be judged before the next chunk (an escape cut in two) is held back, at most 11 bytes.
    void pass_on(std::string_view chunk, const Sink& sink);
    /// Passes on what was held back.
    void finish(const Sink& sink);

private:
    bool mend(std::string_view text, bool is_last, const Sink& sink);
    bool skip_byte_order_mark(std::string_view& text, bool is_last, const Sink& sink);

    std::string held_;
    bool at_start_ = true;
};

} // namespace mcp::json
