#include "bench/calibration/foretelling.hpp"

#include "analysis/alerts/all.hpp"
#include "analysis/score/all.hpp"
#include "bench/calibration/silence.hpp"
#include "graph/market.hpp"

#include <algorithm>
#include <unordered_map>

namespace mcp::calibration {
namespace {

using analysis::NodeDay;
using analysis::NodeView;
using analysis::OwnChannel;

constexpr std::size_t kCapacityGroups = 10;
constexpr double kKept = 0.9;

std::optional<double> score_without(const NodeDay& day, std::string_view left_out) {
    std::vector<domain::ScorePart> parts = analysis::score_parts(day);
    std::erase_if(parts, [&](const domain::ScorePart& part) { return part.name == left_out; });
    return analysis::weighted_score(parts);
}

std::optional<double> part_of_score(const NodeDay& day, std::string_view name) {
    for (const domain::ScorePart& part : analysis::score_parts(day)) {
        if (part.name == name) {
            return part.value ? std::optional(*part.value) : std::nullopt;
        }
    }
    return std::nullopt;
}

bool is_available(const NodeView& view, const OwnChannel& channel) {
    return graph::is_available(*channel.channel, view.day().network.as_of);
}

bool unreachable(const NodeDay& day) {
    const analysis::GraphHealth health;
    const analysis::Thresholds thresholds;
    return analysis::node_unreachable({.today = day, .health = health, .thresholds = thresholds}).has_value();
}

/// Points that the position gets where a node that carries nothing stands below those of like size (a third to three
/// times its capacity) that do, instead of being left out: share of them that carry less, half of the equal ones.
std::optional<double> position_among_all(const NodeDay& day) {
    const analysis::DayFacts& facts = day.view.day();
    const double own = facts.betweenness.fee_500k[day.view.node()];
    const double capacity = day.view.capacity_sats();
    if (!(capacity > 0)) {
        return std::nullopt;
    }
    double alike = 0;
    double points = 0;
    for (std::size_t id = 0; id < facts.capacity_sats.size(); ++id) {
        if (facts.capacity_sats[id] >= capacity / 3 && facts.capacity_sats[id] <= capacity * 3) {
            const double other = facts.betweenness.fee_500k[id];
            ++alike;
            points += other < own ? 1 : other == own ? 0.5 : 0;
        }
    }
    return 100 * points / alike;
}

using Value = std::function<std::optional<double>(const NodeDay&)>;

/// A score of other parts or weights; absent ones are left out, as in the real one.
Value mix(std::vector<std::pair<double, Value>> parts) {
    return [parts = std::move(parts)](const NodeDay& day) -> std::optional<double> {
        double points = 0;
        double weights = 0;
        for (const auto& [weight, part] : parts) {
            const std::optional<double> value = part(day);
            points += value ? weight * *value : 0;
            weights += value ? weight : 0;
        }
        return weights > 0 ? std::optional(points / weights) : std::nullopt;
    };
}

Value part(std::string name) {
    return [name = std::move(name)](const NodeDay& day) { return part_of_score(day, name); };
}

/// Availability as far as an undated graph tells it.
std::optional<double> availability_or_enabled(const NodeDay& day) {
    const std::optional<double> share = enabled_share(day);
    const std::optional<double> dated = part_of_score(day, "availability");
    return dated ? dated : share ? std::optional(100 * *share) : std::nullopt;
}

void add_proposals(std::vector<Predictor>& list) {
    const auto position_or_nothing = [](const NodeDay& day) {
        return std::optional(part_of_score(day, "position").value_or(0));
    };
    const Value available = availability_or_enabled;
    const Value among_all = position_among_all;
    list.push_back(
        {"score, position 0 for who carries nothing",
         mix({{20, part("availability")}, {10, part("price")}, {15, position_or_nothing}, {15, part("risk")}})});
    list.push_back({"score, position among all of like size",
                    mix({{20, part("availability")}, {10, part("price")}, {15, among_all}, {15, part("risk")}})});
    list.push_back({"the same, undated: availability from flags",
                    mix({{20, available}, {10, part("price")}, {15, among_all}, {15, part("risk")}})});
    list.push_back({"the same without price", mix({{20, available}, {15, among_all}, {15, part("risk")}})});
    list.push_back({"position among all of like size", among_all});
}

/// Which tenth of the values each belongs to.
std::vector<std::size_t> tenths(const std::vector<Outcome>& outcomes) {
    std::vector<double> sorted;
    for (const Outcome& outcome : outcomes) {
        sorted.push_back(outcome.value);
    }
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::size_t> groups;
    for (const Outcome& outcome : outcomes) {
        const auto below = std::lower_bound(sorted.begin(), sorted.end(), outcome.value) - sorted.begin();
        groups.push_back(static_cast<std::size_t>(below) * kCapacityGroups / sorted.size());
    }
    return groups;
}

} // namespace

std::vector<Predictor> predictors() {
    std::vector<Predictor> list;
    list.push_back({"score", [](const NodeDay& day) { return score_without(day, ""); }});
    for (const std::string name : {"availability", "price", "position", "risk"}) {
        list.push_back({"score without " + name, [=](const NodeDay& day) { return score_without(day, name); }});
    }
    for (const std::string name : {"availability", "price", "position", "risk"}) {
        list.push_back({name, [=](const NodeDay& day) { return part_of_score(day, name); }});
    }
    add_proposals(list);
    list.push_back({"capacity enabled on both sides", enabled_share});
    list.push_back({"capacity enabled and heard from both sides", share_heard_from_both});
    list.push_back({"capacity", [](const NodeDay& day) { return std::optional(day.view.capacity_sats()); }});
    list.push_back({"channels",
                    [](const NodeDay& day) { return std::optional(static_cast<double>(day.view.channels().size())); }});
    list.push_back(
        {"peers", [](const NodeDay& day) { return std::optional(static_cast<double>(day.view.relations().size())); }});
    list.push_back({"betweenness, 500 k sat", [](const NodeDay& day) {
                        return std::optional(day.view.day().betweenness.fee_500k[day.view.node()]);
                    }});
    return list;
}

Foretelling foretell(const Predictor& predictor, const Fate& fate, const Recording& recording, std::size_t day) {
    std::vector<Outcome> outcomes;
    std::vector<Outcome> by_capacity;
    for (const NodeDays& node : recording.nodes()) {
        if (!large_enough(node, day)) {
            continue;
        }
        const std::optional<double> value = predictor.value(*node[day]);
        const std::optional<bool> good = fate(node);
        if (value && good) {
            outcomes.push_back({*value, *good});
            by_capacity.push_back({node[day]->view.capacity_sats(), *good});
        }
    }
    const auto good = std::count_if(outcomes.begin(), outcomes.end(), [](const Outcome& one) { return one.good; });
    return {.nodes = outcomes.size(),
            .good = static_cast<std::size_t>(good),
            .auc = auc(outcomes),
            .against_capacity = auc_difference(outcomes, by_capacity),
            .within_capacity = auc_within(outcomes, tenths(by_capacity))};
}

Fate survives(std::size_t until) {
    return [=](const NodeDays& node) -> std::optional<bool> {
        return node[until] != nullptr && !node[until]->view.channels().empty();
    };
}

Fate keeps_half_of_channels(std::size_t from, std::size_t until) {
    return [=](const NodeDays& node) -> std::optional<bool> {
        return node[until] != nullptr && 2 * node[until]->view.channels().size() >= node[from]->view.channels().size();
    };
}

Fate stays_out_of_trouble(std::size_t from, std::size_t until) {
    return [=](const NodeDays& node) -> std::optional<bool> {
        if (unreachable(*node[from])) {
            return std::nullopt;
        }
        return node[until] != nullptr && !unreachable(*node[until]) &&
               node[until]->view.capacity_sats() > kKept * node[from]->view.capacity_sats();
    };
}

Fate keeps_usable_capacity(std::size_t from, std::size_t until) {
    return [=](const NodeDays& node) -> std::optional<bool> {
        if (node[until] == nullptr) {
            return std::nullopt;
        }
        const NodeView& before = node[from]->view;
        const NodeView& after = node[until]->view;
        std::unordered_map<std::uint64_t, const OwnChannel*> later;
        for (const OwnChannel& channel : after.channels()) {
            later.emplace(channel.channel->id.value, &channel);
        }
        double usable = 0;
        double still = 0;
        for (const OwnChannel& channel : before.channels()) {
            const auto same = later.find(channel.channel->id.value);
            if (same != later.end() && is_available(before, channel)) {
                usable += channel.capacity_sats();
                still += is_available(after, *same->second) ? channel.capacity_sats() : 0;
            }
        }
        return usable > 0 ? std::optional(still >= kKept * usable) : std::nullopt;
    };
}

} // namespace mcp::calibration
