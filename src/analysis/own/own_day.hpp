#pragma once
#include "analysis/node_view.hpp"
#include "analysis/own/flows.hpp"
#include "domain/figure.hpp"
#include "domain/own_node.hpp"

#include <optional>
#include <unordered_map>
#include <vector>

namespace mcp::analysis {

/// All open announced channels with one peer together, as the node tells them: what the network can route over.
struct OwnPeer {
    domain::PubKey key;
    std::vector<const domain::NodeChannel*> channels;
    Sat capacity;
    Msat local;
    Msat remote;
    bool is_active = false;   ///< one of the channels can be used now
    bool sends_usual = false; ///< over one of them a usual forward could go to it now
    bool receives_usual = false;
    Msat can_send; ///< largest single payment that could go to it now, limits of policies where known
    Msat can_receive;
    std::int64_t forwards_in = 0; ///< of the week, from it; 0 too where the week is not told
    std::int64_t forwards_out = 0;

    /// Ours of what is on both sides, 0..1. Nothing when there is nothing.
    [[nodiscard]] std::optional<double> fill() const;
};

inline constexpr double kDrained = 0.2; ///< of a peer's balance on our side, or less
inline constexpr double kFull = 0.8;    ///< or more

/// The seven days before the report's, when all of them were told.
struct OwnWeek {
    std::vector<const domain::NodeDayFlow*> days;
    FlowTotals totals;
    std::map<domain::ShortChannelId, ChannelFlow> channels;
};

/// Whether the channels can be judged by what the node said of them: it told them, and was in no doubt.
[[nodiscard]] bool tells_the_moment(const domain::OwnNode& node);

/// What the node told for one day, joined with that day's graph. Holds as long as both.
class OwnDay {
public:
    /// @param yesterday, week_ago what it told a day and a week earlier; nothing: not known
    /// @pre impossible_in() says nothing of any of them
    OwnDay(const NodeView& view, const domain::OwnNode& node, const domain::OwnNode* yesterday = nullptr,
           const domain::OwnNode* week_ago = nullptr);

    [[nodiscard]] const domain::OwnNode* yesterday() const { return yesterday_; }
    [[nodiscard]] const domain::OwnNode* week_ago() const { return week_ago_; }
    [[nodiscard]] const domain::OwnNode& node() const { return *node_; }
    /// It was starting, shutting down or behind when it was read: nothing of the moment is to be concluded from it.
    [[nodiscard]] bool in_doubt() const { return !node_->doubts.empty(); }
    [[nodiscard]] bool tells_channels() const { return gap_of(domain::NodePart::channels) == nullptr; }
    /// Whether its channels can be judged by what they are now.
    [[nodiscard]] bool tells_the_moment() const { return analysis::tells_the_moment(*node_); }
    /// Why nothing of the moment is to be concluded. @pre !tells_the_moment()
    [[nodiscard]] domain::Absence why_no_moment() const;
    /// Why a part is absent: refused, failed, or that the node does not tell it.
    [[nodiscard]] domain::Absence why_without(domain::NodePart part) const;

    /// The channel of the graph as the node tells it, by id, else by its funding output; nothing: it tells none such.
    [[nodiscard]] const domain::NodeChannel* told(const OwnChannel& channel) const;
    /// The other way round; nothing: unannounced, or not in the graph (yet).
    [[nodiscard]] const OwnChannel* in_graph(const domain::NodeChannel& channel) const;
    [[nodiscard]] const std::vector<OwnPeer>& peers() const { return peers_; } ///< largest first, then by key
    [[nodiscard]] const OwnPeer* peer(const domain::PubKey& key) const;

    /// Nothing when the node did not tell that day.
    [[nodiscard]] const domain::NodeDayFlow* flow_on(Day day) const;
    /// The day before the report's.
    [[nodiscard]] const domain::NodeDayFlow* last_day() const { return flow_on(date_ - std::chrono::days{1}); }
    [[nodiscard]] const std::optional<OwnWeek>& week() const { return week_; }
    /// Why last_day() or week() is nothing.
    [[nodiscard]] domain::Absence why_no_flow() const;

    /// What forwards are judged by: nine of ten of the week were no larger, else a typical payment.
    [[nodiscard]] Msat usual_forward() const { return usual_forward_; }
    [[nodiscard]] bool usual_forward_is_own() const { return usual_forward_is_own_; }
    /// What is asked of one channel. Own forwards are asked of all alike. A typical payment was chosen for the network,
    /// not for this node: of a channel that is small beside it no more than a third is asked, so that one in balance
    /// passes both ways.
    [[nodiscard]] Msat asked_of(const domain::NodeChannel& channel) const;
    /// The newest block that the node or the graph knows of.
    [[nodiscard]] std::int64_t height() const { return height_; }

private:
    [[nodiscard]] const domain::NodeGap* gap_of(domain::NodePart part) const;
    void join(const NodeView& view);
    void sum_week();
    void sum_peers();
    void add(OwnPeer& peer, const domain::NodeChannel& channel) const;

    const domain::OwnNode* node_;
    const domain::OwnNode* yesterday_;
    const domain::OwnNode* week_ago_;
    Day date_;
    std::unordered_map<const domain::Channel*, const domain::NodeChannel*> told_;
    std::unordered_map<const domain::NodeChannel*, const OwnChannel*> in_graph_;
    std::vector<OwnPeer> peers_;
    std::unordered_map<domain::PubKey, std::size_t, domain::PubKeyHash> place_of_peer_;
    std::optional<OwnWeek> week_;
    Msat usual_forward_;
    bool usual_forward_is_own_ = false;
    std::int64_t height_;
};

/// What lies on the two sides of all announced channels.
struct Sides {
    Msat local;
    Msat both;

    /// Nothing when nothing lies there.
    [[nodiscard]] std::optional<double> own_share() const;
    [[nodiscard]] std::optional<double> peers_share() const;
};

[[nodiscard]] Sides sides_of(const OwnDay& own);

} // namespace mcp::analysis
