#pragma once
#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace mcp::api {

/// Bytes of a connection that came and were not read yet. Has its space from the first use on, and never grows.
class Inbox {
public:
    explicit Inbox(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    [[nodiscard]] std::string_view waiting() const { return {bytes_.data() + begin_, end_ - begin_}; }
    void consume(std::size_t bytes) {
        begin_ += bytes;
        if (begin_ == end_) {
            begin_ = end_ = 0;
        }
    }
    [[nodiscard]] bool is_full() const { return end_ - begin_ == bytes_max_; }
    /// Where the next bytes go; empty when it is full. Moves what is waiting.
    [[nodiscard]] std::span<char> space() {
        bytes_.resize(bytes_max_);
        if (begin_ > 0 && end_ == bytes_.size()) {
            std::copy(bytes_.data() + begin_, bytes_.data() + end_, bytes_.data());
            end_ -= begin_;
            begin_ = 0;
        }
        return {bytes_.data() + end_, bytes_.size() - end_};
    }
    void came(std::size_t bytes) { end_ += bytes; }

private:
    std::size_t bytes_max_;
    std::vector<char> bytes_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

} // namespace mcp::api
