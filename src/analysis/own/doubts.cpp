#include "analysis/own/doubts.hpp"

#include <string_view>

namespace mcp::analysis {
namespace {

std::string_view key_of(domain::NodeDoubt doubt) {
    switch (doubt) {
    case domain::NodeDoubt::not_synced_to_chain:
        return "wording.not_synced_to_chain";
    case domain::NodeDoubt::not_synced_to_graph:
        return "wording.not_synced_to_graph";
    case domain::NodeDoubt::no_channel_active:
        return "wording.no_channel_active";
    }
    return "wording.not_synced_to_chain";
}

} // namespace

std::vector<Message> words_of(std::span<const domain::NodeDoubt> doubts) {
    std::vector<Message> words;
    for (const domain::NodeDoubt doubt : doubts) {
        words.push_back({key_of(doubt), {}});
    }
    return words;
}

} // namespace mcp::analysis
