#include "adapters/sources/rgs_parser.hpp"

#include <limits>
#include <utility>

namespace mcp::adapters {
namespace {

constexpr std::uint32_t kAnyCount = std::numeric_limits<std::uint32_t>::max();

Error damaged() {
    return {.kind = ErrorKind::invalid_input, .what = {"graph.rgs_damaged", {}}};
}

Message at_byte(std::uint64_t byte) {
    return {"graph.rgs_at", {{"byte", std::to_string(byte)}}}; // digits alone: a place to go to, not a quantity
}

} // namespace

Result<void> RgsParser::write(std::string_view chunk) {
    held_.append(chunk);
    const std::uint64_t before = read_;
    bool goes_on = true;
    while (goes_on) {
        Result<bool> done = step(std::string_view(held_).substr(static_cast<std::size_t>(read_ - before)));
        if (!done) {
            return fail(std::move(done.error()).in(at_byte(read_)));
        }
        goes_on = *done;
    }
    held_.erase(0, static_cast<std::size_t>(read_ - before));
    return {};
}

Result<void> RgsParser::finish() {
    if (part_ == Part::after) {
        graph_.note_unread(held_.size()); // the first letters of a snapshot at most
        read_ += std::exchange(held_, {}).size();
    }
    if (part_ == Part::after || part_ == Part::beyond) {
        return {};
    }
    return fail(ErrorKind::invalid_input, {"graph.rgs_truncated", {{"byte", std::to_string(read_ + held_.size())}}});
}

Result<bool> RgsParser::step(std::string_view rest) {
    if (part_ == Part::beyond) {
        graph_.note_unread(rest.size());
        read_ += rest.size();
        return false;
    }
    if (part_ == Part::after) {
        return step_after(rest);
    }
    RgsBytes bytes(rest);
    if (Result<void> taken = take(bytes); !taken) {
        return fail(std::move(taken.error()));
    }
    if (bytes.is_wrong()) {
        return fail(damaged());
    }
    read_ += bytes.is_good() ? bytes.used() : 0;
    return bytes.is_good();
}

Result<bool> RgsParser::step_after(std::string_view rest) {
    const std::string_view beginning = rest.substr(0, kMagic.size());
    if (beginning != kMagic.substr(0, beginning.size())) {
        part_ = Part::beyond;
        return true;
    }
    const bool is_another = beginning.size() == kMagic.size();
    part_ = is_another ? Part::head : Part::after;
    return is_another;
}

Result<void> RgsParser::take(RgsBytes& bytes) {
    switch (part_) {
    case Part::head:
        return take_head(bytes);
    case Part::feature_sets:
        static_cast<void>(bytes.sized());
        if (bytes.is_good()) {
            one_done(Part::node_count);
        }
        return {};
    case Part::node_count:
        return take_count(bytes, RgsGraph::kNodesMax, Part::nodes, Part::announcement_count);
    case Part::nodes:
        return take_record(bytes, take_rgs_node(bytes, head_), Part::announcement_count);
    case Part::announcement_count:
        return take_count(bytes, RgsGraph::kChannelsMax, Part::announcements, Part::update_count);
    case Part::announcements:
        return take_record(bytes, take_rgs_announcement(bytes, head_), Part::update_count);
    case Part::update_count:
        direction_before_ = std::nullopt;
        return take_count(bytes, kAnyCount, Part::defaults, Part::after);
    case Part::defaults:
        defaults_ = take_rgs_defaults(bytes);
        part_ = bytes.is_good() ? Part::updates : part_;
        return {};
    case Part::updates:
        return take_update(bytes);
    case Part::after:
    case Part::beyond:
        break;
    }
    return {};
}

Result<void> RgsParser::take_head(RgsBytes& bytes) {
    head_ = take_rgs_head(bytes);
    if (!bytes.is_good()) {
        return {};
    }
    if (head_.version == 0 || head_.version > kRgsVersionMax) {
        return fail(ErrorKind::invalid_input, {"graph.rgs_version", {{"version", std::int64_t{head_.version}}}});
    }
    left_ = head_.feature_sets;
    part_ = left_ > 0 ? Part::feature_sets : Part::node_count;
    return graph_.begin(head_);
}

Result<void> RgsParser::take_count(RgsBytes& bytes, std::uint32_t most, Part records, Part without) {
    const std::uint32_t count = bytes.u32();
    if (!bytes.is_good()) {
        return {};
    }
    if (count > most) {
        return fail(ErrorKind::invalid_input, {"graph.rgs_too_many", {{"limit", std::int64_t{most}}}});
    }
    left_ = count;
    part_ = count > 0 ? records : without;
    return {};
}

template <typename Record>
Result<void> RgsParser::take_record(const RgsBytes& bytes, const Record& record, Part next) {
    if (!bytes.is_good()) {
        return {};
    }
    one_done(next);
    return graph_.add(record);
}

Result<void> RgsParser::take_update(RgsBytes& bytes) {
    const RgsUpdate update = take_rgs_update(bytes, head_, direction_before_);
    if (!bytes.is_good()) {
        return {};
    }
    direction_before_ = update.direction;
    one_done(Part::after);
    return graph_.add(update, defaults_);
}

void RgsParser::one_done(Part next) {
    --left_;
    part_ = left_ > 0 ? part_ : next;
}

} // namespace mcp::adapters
