#include "adapters/sources/describegraph_events.hpp"

#include <fmt/format.h>
#include <utility>

namespace mcp::adapters {

bool DescribegraphEvents::enter(Place inner) {
    places_[depth_++] = inner;
    return true;
}

void DescribegraphEvents::leave() {
    --depth_;
    index_ += place() == Place::nodes || place() == Place::edges ? 1 : 0;
}

bool DescribegraphEvents::refuse(Message why) {
    refusal_ = Error{.kind = ErrorKind::invalid_input, .what = std::move(why)};
    return false;
}

bool DescribegraphEvents::object_begin() {
    if (depth_ == 0) {
        return enter(Place::document);
    }
    const Place inner = object_within(place(), member_);
    if (inner == Place::elsewhere) {
        return take_unexpected_structure() && enter(inner);
    }
    begin(inner);
    return enter(inner);
}

bool DescribegraphEvents::array_begin() {
    if (depth_ == 0) {
        return refuse({"graph.not_an_object", {}});
    }
    const Place inner = array_within(place(), member_);
    if (inner == Place::elsewhere) {
        return take_unexpected_structure() && enter(inner);
    }
    begin(inner);
    return enter(inner);
}

void DescribegraphEvents::begin(Place inner) {
    switch (inner) {
    case Place::edges:
        has_edges_ = true;
        index_ = 0;
        break;
    case Place::nodes:
        index_ = 0;
        break;
    case Place::node:
        node_ = {};
        break;
    case Place::edge:
        channel_ = {};
        break;
    case Place::policy:
        policy_ = {};
        policy_of_ = member_;
        break;
    case Place::document:
    case Place::addresses:
    case Place::address:
    case Place::elsewhere:
        break;
    }
}

bool DescribegraphEvents::object_end() {
    switch (place()) {
    case Place::node:
        end_node();
        break;
    case Place::edge:
        end_edge();
        break;
    case Place::policy:
        end_policy();
        break;
    case Place::document:
    case Place::nodes:
    case Place::edges:
    case Place::addresses:
    case Place::address:
    case Place::elsewhere:
        break;
    }
    leave();
    return true;
}

bool DescribegraphEvents::array_end() {
    leave();
    return true;
}

bool DescribegraphEvents::member(std::string_view name) {
    if (place() != Place::elsewhere) {
        member_ = member_of(place(), name).member;
    }
    return true;
}

bool DescribegraphEvents::scalar(const json::Scalar& value) {
    switch (place()) {
    case Place::document:
        return take_document_value(value);
    case Place::nodes:
    case Place::edges:
        break_list_item();
        ++index_;
        break;
    case Place::node:
        if (!node_.take(member_, value)) {
            note_fault(node_.is_broken);
        }
        break;
    case Place::address:
        if (member_ == Member::network_address) {
            node_.take_address(value);
        }
        break;
    case Place::edge:
        if (!channel_.take(member_, value)) {
            note_edge_fault();
        }
        break;
    case Place::policy:
        if (!policy_.take(member_, value)) {
            note_fault(policy_.is_broken);
        }
        break;
    case Place::addresses:
        break;
    case Place::elsewhere:
        return depth_ > 0 || refuse({"graph.not_an_object", {}});
    }
    return true;
}

bool DescribegraphEvents::take_document_value(const json::Scalar& value) {
    if (member_ == Member::positional_ids) {
        const bool* flag = std::get_if<bool>(&value);
        positional_ids_ = flag != nullptr && *flag;
    } else if (member_ == Member::edges || member_ == Member::nodes) {
        has_edges_ = has_edges_ || member_ == Member::edges;
        const bool is_empty = std::holds_alternative<json::Null>(value); // how Go writes an empty list
        return is_empty || refuse({"graph.not_a_list", {{"path", std::string(row_of(Place::document, member_).name)}}});
    }
    return true;
}

/// An object or array where the schema has none.
bool DescribegraphEvents::take_unexpected_structure() {
    switch (place()) {
    case Place::document:
        if (member_ == Member::edges || member_ == Member::nodes) {
            return refuse({"graph.not_a_list", {{"path", std::string(row_of(Place::document, member_).name)}}});
        }
        break;
    case Place::nodes:
    case Place::edges:
        break_list_item();
        break;
    case Place::node:
        if (member_ != Member::other) {
            note_fault(node_.is_broken);
        }
        break;
    case Place::edge:
        if (member_ != Member::other) {
            note_edge_fault();
        }
        break;
    case Place::policy:
        if (member_ != Member::other) {
            note_fault(policy_.is_broken);
        }
        break;
    case Place::addresses:
    case Place::address:
    case Place::elsewhere:
        break;
    }
    return true;
}

/// Something in the list of nodes or edges that is no object.
void DescribegraphEvents::break_list_item() {
    if (notes_.first_broken.empty()) {
        notes_.first_broken = fmt::format("{}[{}]", place() == Place::nodes ? "nodes" : "edges", index_);
    }
    ++(place() == Place::nodes ? notes_.broken_nodes : notes_.broken_channels);
}

void DescribegraphEvents::end_node() {
    if (!node_.is_broken && !node_.key) {
        note_fault(node_.is_broken, Place::node, Member::pub_key);
    }
    if (node_.is_broken) {
        ++notes_.broken_nodes;
    } else {
        node_.node.key = *node_.key;
        notes_.cleaned_aliases += node_.is_alias_cleaned ? 1 : 0;
        nodes_.push_back(std::move(node_.node));
    }
}

void DescribegraphEvents::end_edge() {
    const Member missing = channel_.missing();
    if (!channel_.is_broken && missing != Member::other) {
        note_fault(channel_.is_broken, Place::edge, missing);
    }
    if (channel_.is_broken) {
        ++notes_.broken_channels;
    } else if (channel_.ends[0] == channel_.ends[1]) {
        ++notes_.self_loops;
    } else {
        channels_.push_back(std::move(channel_).record());
    }
}

void DescribegraphEvents::end_policy() {
    std::optional<domain::Policy>& policy = channel_.channel.policy[policy_of_ == Member::node1_policy ? 0 : 1];
    if (!policy_.is_broken && policy_.is_empty) {
        note_fault(policy_.is_broken, Place::edge, policy_of_);
    }
    if (policy_.is_broken) {
        ++notes_.broken_policies;
        policy = std::nullopt;
    } else {
        policy = policy_.policy;
    }
}

/// A policy that is no object costs itself only, any other fault the channel.
void DescribegraphEvents::note_edge_fault() {
    const bool is_policy = member_ == Member::node1_policy || member_ == Member::node2_policy;
    notes_.broken_policies += is_policy ? 1 : 0;
    bool is_policy_broken = false; // counted above; the draft of this one never began
    note_fault(is_policy ? is_policy_broken : channel_.is_broken);
}

void DescribegraphEvents::note_fault(bool& is_broken) {
    note_fault(is_broken, place(), member_);
}

void DescribegraphEvents::note_fault(bool& is_broken, Place at, Member member) {
    is_broken = true;
    if (!notes_.first_broken.empty()) {
        return;
    }
    std::string record = fmt::format("{}[{}]", at == Place::node ? "nodes" : "edges", index_);
    if (at == Place::policy) {
        record += fmt::format(".{}", row_of(Place::edge, policy_of_).name);
    }
    notes_.first_broken = fmt::format("{}.{}", record, row_of(at, member).name);
}

std::string DescribegraphEvents::path() const {
    std::string path;
    for (std::size_t level = 0; level < depth_; ++level) {
        switch (places_[level]) {
        case Place::nodes:
            path = fmt::format("nodes[{}]", index_);
            break;
        case Place::edges:
            path = fmt::format("edges[{}]", index_);
            break;
        case Place::policy:
            path += fmt::format(".{}", row_of(Place::edge, policy_of_).name);
            break;
        case Place::addresses:
            path += ".addresses";
            break;
        case Place::document:
        case Place::node:
        case Place::address:
        case Place::edge:
        case Place::elsewhere:
            break;
        }
    }
    return path;
}

domain::Network DescribegraphEvents::take_network() {
    domain::Network network = make_network(std::move(nodes_), std::move(channels_), std::move(notes_));
    network.positional_ids = positional_ids_;
    return network;
}

} // namespace mcp::adapters
