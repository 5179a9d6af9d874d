#include "adapters/sources/graph_json_events.hpp"

#include <fmt/format.h>
#include <utility>

namespace mcp::adapters {
namespace {

bool is_list(Place place) {
    return place == Place::nodes || place == Place::edges || place == Place::channels;
}

bool names_a_list(Member member) {
    return is_list(array_within(Place::document, member));
}

} // namespace

bool GraphJsonEvents::enter(Place inner) {
    places_[depth_++] = inner;
    return true;
}

void GraphJsonEvents::leave() {
    --depth_;
    index_ += is_list(place()) ? 1 : 0;
}

bool GraphJsonEvents::refuse(Message why) {
    refusal_ = Error{.kind = ErrorKind::invalid_input, .what = std::move(why)};
    return false;
}

bool GraphJsonEvents::object_begin() {
    if (depth_ == 0) {
        is_beyond_end_ = list_ == Place::edges; // LND's graph is one document
        member_ = Member::other;
        return !is_beyond_end_ && enter(Place::document);
    }
    const Place inner = object_within(place(), member_);
    if (inner == Place::elsewhere) {
        return take_unexpected_structure() && enter(inner);
    }
    begin(inner);
    return enter(inner);
}

bool GraphJsonEvents::array_begin() {
    if (depth_ == 0) {
        return refuse({"graph.not_an_object", {}});
    }
    const Place inner = array_within(place(), member_);
    if (inner == Place::elsewhere) {
        return take_unexpected_structure() && enter(inner);
    }
    begin(inner);
    return (!is_list(inner) || begin_list(inner)) && enter(inner);
}

/// A graph is LND's or Core Lightning's: both lists in one file are somebody's mistake.
bool GraphJsonEvents::begin_list(Place list) {
    index_ = 0;
    if (list == Place::nodes) {
        has_nodes_ = true;
        return true;
    }
    const bool is_other = list_ != Place::elsewhere && list_ != list;
    list_ = list;
    return !is_other || refuse({"graph.mixed", {}});
}

void GraphJsonEvents::begin(Place inner) {
    switch (inner) {
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
    case Place::direction:
        direction_ = {};
        break;
    case Place::address:
        address_ = {};
        break;
    case Place::document:
    case Place::nodes:
    case Place::edges:
    case Place::channels:
    case Place::addresses:
    case Place::elsewhere:
        break;
    }
}

bool GraphJsonEvents::object_end() {
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
    case Place::direction:
        end_direction();
        break;
    case Place::address:
        std::move(address_).add_to(node_.node);
        break;
    case Place::document:
    case Place::nodes:
    case Place::edges:
    case Place::channels:
    case Place::addresses:
    case Place::elsewhere:
        break;
    }
    leave();
    return true;
}

bool GraphJsonEvents::array_end() {
    leave();
    return true;
}

bool GraphJsonEvents::member(std::string_view name) {
    if (place() != Place::elsewhere) {
        member_ = member_of(place(), name).member;
    }
    return true;
}

bool GraphJsonEvents::scalar(const json::Scalar& value) {
    switch (place()) {
    case Place::document:
        return take_document_value(value);
    case Place::nodes:
    case Place::edges:
    case Place::channels:
        break_list_item();
        ++index_;
        break;
    case Place::direction:
        if (!direction_.take(member_, value)) {
            note_direction_fault(member_);
        }
        break;
    case Place::node:
        if (!node_.take(member_, value)) {
            note_fault(node_.is_broken);
        }
        break;
    case Place::address:
        static_cast<void>(address_.take(member_, value)); // what is no address is as good as missing
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

bool GraphJsonEvents::take_document_value(const json::Scalar& value) {
    if (member_ == Member::positional_ids) {
        const bool* flag = std::get_if<bool>(&value);
        positional_ids_ = flag != nullptr && *flag;
    } else if (names_a_list(member_)) {
        const bool is_empty = std::holds_alternative<json::Null>(value); // how Go writes an empty list
        return is_empty ? begin_list(array_within(Place::document, member_))
                        : refuse({"graph.not_a_list", {{"path", std::string(row_of(Place::document, member_).name)}}});
    }
    return true;
}

/// An object or array where the schema has none.
bool GraphJsonEvents::take_unexpected_structure() {
    switch (place()) {
    case Place::document:
        if (names_a_list(member_)) {
            return refuse({"graph.not_a_list", {{"path", std::string(row_of(Place::document, member_).name)}}});
        }
        break;
    case Place::nodes:
    case Place::edges:
    case Place::channels:
        break_list_item();
        break;
    case Place::direction:
        if (member_ != Member::other) {
            note_direction_fault(member_);
        }
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

/// Something in a list that is no object.
void GraphJsonEvents::break_list_item() {
    if (notes_.first_broken.empty()) {
        notes_.first_broken = fmt::format("{}[{}]", place() == Place::nodes ? "nodes" : list_name(), index_);
    }
    ++(place() == Place::nodes ? notes_.broken_nodes : notes_.broken_channels);
}

void GraphJsonEvents::end_node() {
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

void GraphJsonEvents::end_edge() {
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

void GraphJsonEvents::end_policy() {
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

void GraphJsonEvents::end_direction() {
    if (direction_.is_public == false && direction_.id) {
        directions_.leave_out_private(*direction_.id);
        return;
    }
    const Member fault = direction_.is_broken ? Member::other : direction_.fault();
    if (fault != Member::other) {
        note_direction_fault(fault);
    }
    if (direction_.is_broken) {
        ++notes_.broken_channels;
    } else if (direction_.source == direction_.destination) {
        ++notes_.self_loops;
    } else {
        add_direction();
    }
}

void GraphJsonEvents::add_direction() {
    const Member missing = direction_.missing_of_policy();
    if (!direction_.is_policy_broken && missing != Member::other) {
        note_direction_fault(missing);
    }
    switch (directions_.add(direction_)) {
    case ClnDirections::Added::contradicts:
        note_direction_fault(Member::channel_id);
        ++notes_.broken_channels;
        return;
    case ClnDirections::Added::again:
        ++notes_.repeated_channels;
        break;
    case ClnDirections::Added::yes:
        break;
    }
    notes_.broken_policies += direction_.is_policy_broken ? 1 : 0;
}

void GraphJsonEvents::note_direction_fault(Member member) {
    note_fault(DirectionDraft::is_of_policy(member) ? direction_.is_policy_broken : direction_.is_broken,
               Place::direction, member);
}

std::string_view GraphJsonEvents::list_name() const {
    return list_ == Place::channels ? "channels" : "edges";
}

/// A policy that is no object costs itself only, any other fault the channel.
void GraphJsonEvents::note_edge_fault() {
    const bool is_policy = member_ == Member::node1_policy || member_ == Member::node2_policy;
    notes_.broken_policies += is_policy ? 1 : 0;
    bool is_policy_broken = false; // counted above; the draft of this one never began
    note_fault(is_policy ? is_policy_broken : channel_.is_broken);
}

void GraphJsonEvents::note_fault(bool& is_broken) {
    note_fault(is_broken, place(), member_);
}

void GraphJsonEvents::note_fault(bool& is_broken, Place at, Member member) {
    is_broken = true;
    if (!notes_.first_broken.empty()) {
        return;
    }
    std::string record = fmt::format("{}[{}]", at == Place::node ? "nodes" : list_name(), index_);
    if (at == Place::policy) {
        record += fmt::format(".{}", row_of(Place::edge, policy_of_).name);
    }
    notes_.first_broken = fmt::format("{}.{}", record, row_of(at, member).name);
}

std::string GraphJsonEvents::path() const {
    std::string path;
    for (std::size_t level = 0; level < depth_; ++level) {
        switch (places_[level]) {
        case Place::nodes:
            path = fmt::format("nodes[{}]", index_);
            break;
        case Place::edges:
        case Place::channels:
            path = fmt::format("{}[{}]", list_name(), index_);
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
        case Place::direction:
        case Place::elsewhere:
            break;
        }
    }
    return path;
}

domain::Network GraphJsonEvents::take_network() {
    const bool is_cln = list_ == Place::channels;
    notes_.private_channels = directions_.private_channels();
    domain::Network network =
        make_network(std::move(nodes_), is_cln ? directions_.take_channels() : std::move(channels_), std::move(notes_));
    network.positional_ids = positional_ids_;
    network.tells = {.addresses = has_nodes_, .update_dates = true, .inbound_fees = !is_cln};
    return network;
}

} // namespace mcp::adapters
