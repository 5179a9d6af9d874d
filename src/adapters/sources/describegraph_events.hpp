#pragma once
#include "adapters/sources/describegraph_drafts.hpp"
#include "adapters/sources/describegraph_schema.hpp"
#include "adapters/sources/graph_records.hpp"
#include "base/error.hpp"
#include "base/json/stream.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::adapters {

/// Understands the events of a describegraph text: where in the document each one stands, and which record it fills.
class DescribegraphEvents : public json::Events {
public:
    static constexpr std::size_t kDepthMax = 64; ///< of the text; the Stream refuses what is deeper

    bool object_begin() override;
    bool object_end() override;
    bool array_begin() override;
    bool array_end() override;
    bool member(std::string_view name) override;
    bool scalar(const json::Scalar& value) override;

    [[nodiscard]] bool has_edges() const { return has_edges_; }
    /// Where the reading stands: "edges[17].node1_policy"; empty outside of both lists.
    [[nodiscard]] std::string path() const;
    /// Why an event said to stop. @pre one did
    [[nodiscard]] Error refusal() const { return *refusal_; }
    /// @pre the whole text was read; to be called once
    [[nodiscard]] domain::Network take_network();

private:
    [[nodiscard]] Place place() const { return depth_ == 0 ? Place::elsewhere : places_[depth_ - 1]; }
    bool enter(Place inner);
    void leave();
    bool refuse(Message why);

    void begin(Place inner);
    void end_node();
    void end_edge();
    void end_policy();
    bool take_document_value(const json::Scalar& value);
    bool take_unexpected_structure();
    void break_list_item();
    void note_edge_fault();
    void note_fault(bool& is_broken);
    void note_fault(bool& is_broken, Place place, Member member);

    std::array<Place, kDepthMax + 1> places_{};
    std::size_t depth_ = 0;
    Member member_ = Member::other;    ///< the last name read in the innermost place that we know
    Member policy_of_ = Member::other; ///< which of an edge's policies is being read
    bool has_edges_ = false;
    bool positional_ids_ = false;
    std::optional<Error> refusal_;

    std::uint64_t index_ = 0; ///< of the record in its list
    NodeDraft node_;
    ChannelDraft channel_;
    PolicyDraft policy_;
    std::vector<domain::Node> nodes_;
    std::vector<ChannelRecord> channels_;
    domain::ReadNotes notes_;
};

} // namespace mcp::adapters
