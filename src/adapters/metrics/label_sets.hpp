#pragma once
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::adapters {

/// One child of a metric for each set of label values that was ever used, found again without a lock. Bounded: what
/// comes when all places are taken shares one child, because each set costs memory here and in Prometheus for ever.
template <typename Child>
class LabelSets {
public:
    using Values = std::initializer_list<std::string_view>;
    static constexpr std::size_t kSetsMax = 500;

    /// The child of these values; `make(values)` makes one for a new set, and once `make({"other", ...})` for all that
    /// have no place. @complexity O(length of the values)
    template <typename Make>
    Child& at(Values values, const Make& make) {
        const std::uint64_t hash = hash_of(values);
        if (Entry* found = find(values, hash)) {
            return *found->child;
        }
        const std::lock_guard lock(making_);
        if (Entry* found = find(values, hash)) { // made meanwhile
            return *found->child;
        }
        if (entries_.size() == kSetsMax) {
            return overflow(values.size(), make);
        }
        entries_.push_back(std::make_unique<Entry>(Entry{hash, {values.begin(), values.end()}, nullptr}));
        Entry& entry = *entries_.back();
        entry.child = &make(entry.values);
        place(entry);
        return *entry.child;
    }

private:
    struct Entry {
        std::uint64_t hash;
        std::vector<std::string> values;
        Child* child;
    };
    static constexpr std::size_t kPlaces = 1024; // twice the sets, so that a free place is always near
    static_assert((kPlaces & (kPlaces - 1)) == 0 && kPlaces >= 2 * kSetsMax);

    static std::uint64_t hash_of(Values values) { // FNV-1a
        std::uint64_t hash = 0xCBF29CE484222325;
        const auto add = [&](std::uint8_t byte) { hash = (hash ^ byte) * 0x100000001B3; };
        for (const std::string_view value : values) {
            for (const char c : value) {
                add(static_cast<std::uint8_t>(c));
            }
            add(0xFF); // stands in no UTF-8: {"a", "b"} is not {"ab", ""}
        }
        return hash;
    }

    Entry* find(Values values, std::uint64_t hash) {
        for (std::size_t at = hash % kPlaces;; at = (at + 1) % kPlaces) {
            Entry* entry = places_[at].load(std::memory_order_acquire);
            if (entry == nullptr) {
                return nullptr;
            }
            if (entry->hash == hash && std::equal(values.begin(), values.end(), entry->values.begin())) {
                return entry;
            }
        }
    }

    void place(Entry& entry) {
        std::size_t at = entry.hash % kPlaces;
        while (places_[at].load(std::memory_order_relaxed) != nullptr) {
            at = (at + 1) % kPlaces;
        }
        places_[at].store(&entry, std::memory_order_release);
    }

    template <typename Make>
    Child& overflow(std::size_t labels, const Make& make) {
        if (overflow_ == nullptr) {
            overflow_ = &make(std::vector<std::string>(labels, "other"));
        }
        return *overflow_;
    }

    std::mutex making_;
    std::vector<std::unique_ptr<Entry>> entries_;
    std::array<std::atomic<Entry*>, kPlaces> places_{};
    Child* overflow_ = nullptr;
};

} // namespace mcp::adapters
