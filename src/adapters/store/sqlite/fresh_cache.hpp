#pragma once
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace mcp::adapters::sqlite {

/// What was read from the database, good as long as nobody has written to it since: each entry belongs to a version of
/// the database, and the next version empties the cache. From any thread.
template <typename T>
class FreshCache {
public:
    explicit FreshCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    [[nodiscard]] std::optional<T> find(std::int64_t version, const std::string& key) {
        const std::lock_guard lock(mutex_);
        if (version != version_) {
            return std::nullopt;
        }
        const auto found = kept_.find(key);
        return found == kept_.end() ? std::nullopt : std::optional(found->second);
    }

    /// @param version of the database before `value` was read
    void keep(std::int64_t version, const std::string& key, const T& value, std::size_t bytes) {
        const std::lock_guard lock(mutex_);
        if (version != version_ || bytes_ + bytes > bytes_max_) {
            kept_.clear();
            bytes_ = 0;
            version_ = version;
        }
        bytes_ += kept_.insert_or_assign(key, value).second ? bytes : 0;
    }

private:
    std::size_t bytes_max_;
    std::mutex mutex_;
    std::int64_t version_ = -1;
    std::size_t bytes_ = 0;
    std::unordered_map<std::string, T> kept_;
};

} // namespace mcp::adapters::sqlite
