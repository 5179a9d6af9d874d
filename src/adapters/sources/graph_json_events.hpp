#pragma once
#include "adapters/sources/cln_directions.hpp"
#include "adapters/sources/graph_json_drafts.hpp"
#include "adapters/sources/graph_json_schema.hpp"
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

/// Understands the events of a graph as JSON, LND's or Core Lightning's: where in the document each one stands, and
/// which record it fills. Core Lightning's lists may come in two documents.
class GraphJsonEvents : public json::Events {
public:
    static constexpr std::size_t kDepthMax = 64; ///< of the text; the Stream refuses what is deeper

    bool object_begin() override;
    bool object_end() override;
    bool array_begin() override;
    bool array_end() override;
    bool member(std::string_view name) override;
    bool scalar(const json::Scalar& value) override;

    [[nodiscard]] bool has_channels() const { return list_ != Place::elsewhere; }
    /// A document began after one that was a whole graph: it is not taken.
    [[nodiscard]] bool is_beyond_end() const { return is_beyond_end_; }
    /// Where the reading stands: "edges[17].node1_policy"; empty outside of the lists.
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
    void end_direction();
    void add_direction();
    bool begin_list(Place list);
    bool take_document_value(const json::Scalar& value);
    bool take_unexpected_structure();
    void break_list_item();
    void note_edge_fault();
    void note_direction_fault(Member member);
    [[nodiscard]] std::string_view list_name() const;
    void note_fault(bool& is_broken);
    void note_fault(bool& is_broken, Place place, Member member);

    std::array<Place, kDepthMax + 1> places_{};
    std::size_t depth_ = 0;
    Member member_ = Member::other;    ///< the last name read in the innermost place that we know
    Member policy_of_ = Member::other; ///< which of an edge's policies is being read
    Place list_ = Place::elsewhere;    ///< which one the channels stand in: LND's edges or Core Lightning's channels
    bool has_nodes_ = false;
    bool is_beyond_end_ = false;
    bool positional_ids_ = false;
    std::optional<Error> refusal_;

    std::uint64_t index_ = 0; ///< of the record in its list
    NodeDraft node_;
    AddressDraft address_;
    ChannelDraft channel_;
    DirectionDraft direction_;
    ClnDirections directions_;
    PolicyDraft policy_;
    std::vector<domain::Node> nodes_;
    std::vector<ChannelRecord> channels_;
    domain::ReadNotes notes_;
};

} // namespace mcp::adapters
