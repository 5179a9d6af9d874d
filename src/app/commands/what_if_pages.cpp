#include "app/commands/what_if_pages.hpp"

#include "adapters/render/text_layout.hpp"
#include "base/iso_time.hpp"
#include "base/json_text.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace mcp::app {
namespace {

using adapters::aligned;
using adapters::width_of;
using adapters::wrapped;
using domain::Network;
using language::render;
namespace json = boost::json;

std::string_view name_of(FeeBasis basis) {
    switch (basis) {
    case FeeBasis::given:
        return "given";
    case FeeBasis::median:
        return "median";
    case FeeBasis::assumed:
        return "assumed";
    }
    return {};
}

std::string_view remark_of(FeeBasis basis) {
    switch (basis) {
    case FeeBasis::given:
        return "what_if.fee_given";
    case FeeBasis::median:
        return "what_if.fee_median";
    case FeeBasis::assumed:
        return "what_if.fee_assumed";
    }
    return {};
}

json::object opening_json(const Network& network, const WhatIfAnswer& answer, const RankedOpening& opening) {
    const domain::Node& peer = network.nodes[opening.peer];
    return {{"pubkey", peer.key.hex()},
            {"alias", peer.alias},
            {"gain", opening.gain.total()},
            {"gain_arrivals", opening.gain.arrivals},
            {"gain_departures", opening.gain.departures},
            {"betweenness", answer.betweenness_today + opening.gain.total()},
            {"peer_fee_ppm", opening.peer_fee.rate.value},
            {"peer_fee_basis", name_of(opening.peer_fee.is_assumed ? FeeBasis::assumed : FeeBasis::median)},
            {"is_peer_already", opening.is_peer_already}};
}

/// A table for people: columns as wide as they must be, right-aligned, the last one (names) as it is.
class Columns {
public:
    static constexpr std::size_t kCount = 6;
    using Cells = std::array<std::string, kCount>;

    void add(Cells cells) { rows_.push_back(std::move(cells)); }

    [[nodiscard]] std::string text() const {
        std::string text;
        for (const Cells& cells : rows_) {
            for (std::size_t i = 0; i + 1 < kCount; ++i) {
                text += std::string(static_cast<std::size_t>(width(i) - width_of(cells[i])), ' ') + cells[i] + "  ";
            }
            text += cells.back() + "\n";
        }
        return text;
    }

private:
    [[nodiscard]] int width(std::size_t column) const {
        int widest = 0;
        for (const Cells& cells : rows_) {
            widest = std::max(widest, width_of(cells[column]));
        }
        return widest;
    }

    std::vector<Cells> rows_;
};

class WhatIfText {
public:
    WhatIfText(const Network& network, const WhatIfAnswer& answer, const Io& io)
        : network_(network), answer_(answer), io_(io) {}

    [[nodiscard]] std::string page() const {
        const Message title{"what_if.title", {{"node", name(answer_.question.node)}}};
        return render(title, io_.language) + "\n\n" + terms() + "\n" + openings() + "\n" + remarks();
    }

private:
    [[nodiscard]] std::string words(std::string_view key) const { return render(Message{key, {}}, io_.language); }
    [[nodiscard]] std::string figure(MessageValue value) const {
        return render(Message{"facts.figure", {{"value", std::move(value)}}}, io_.language);
    }
    [[nodiscard]] std::string rounded(double value) const { return figure(Decimal{value, 0}); }

    [[nodiscard]] std::string name(domain::NodeId id) const {
        constexpr std::size_t kShortKey = 12; // enough of a key to name one node of the whole network
        const domain::Node& node = network_.nodes[id];
        return node.key.hex().substr(0, kShortKey) + (node.alias.empty() ? "" : " " + node.alias);
    }

    [[nodiscard]] std::string terms() const {
        const WhatIfQuestion& question = answer_.question;
        return aligned(
            {{words("what_if.amount"), figure(to_sat_floor(question.amount)), ""},
             {words("what_if.capacity"), figure(question.capacity), words("what_if.capacity_remark")},
             {words("what_if.own_fee"), figure(answer_.own_fee_rate), words(remark_of(answer_.own_fee_basis))},
             {words("what_if.peer_fee"), "", words("what_if.peer_fee_remark")},
             {words("what_if.candidates"), figure(static_cast<std::int64_t>(answer_.candidates)), ""},
             {words("what_if.betweenness"), rounded(answer_.betweenness_today), ""}});
    }

    [[nodiscard]] std::string openings() const {
        Columns table;
        table.add({words("what_if.column_gain"), words("what_if.column_after"), words("what_if.column_arrivals"),
                   words("what_if.column_departures"), words("what_if.column_peer_fee"), words("what_if.column_peer")});
        for (const RankedOpening& opening : answer_.openings) {
            table.add({rounded(opening.gain.total()), rounded(answer_.betweenness_today + opening.gain.total()),
                       rounded(opening.gain.arrivals), rounded(opening.gain.departures),
                       figure(opening.peer_fee.rate) + (opening.peer_fee.is_assumed ? "*" : ""),
                       (opening.is_peer_already ? "+ " : "") + name(opening.peer)});
        }
        return table.text();
    }

    [[nodiscard]] std::string remarks() const {
        const auto any = [&](auto property) { return std::ranges::any_of(answer_.openings, property); };
        std::string text = wrapped(words("what_if.definition"), std::min(io_.columns, 100), 0);
        if (any([](const RankedOpening& opening) { return opening.peer_fee.is_assumed; })) {
            text += words("what_if.assumed_remark") + "\n";
        }
        if (any([](const RankedOpening& opening) { return opening.is_peer_already; })) {
            text += words("what_if.already_remark") + "\n";
        }
        return text;
    }

    const Network& network_;
    const WhatIfAnswer& answer_;
    const Io& io_;
};

} // namespace

std::string what_if_json(const Network& network, const WhatIfAnswer& answer) {
    const WhatIfQuestion& question = answer.question;
    const domain::Node& node = network.nodes[question.node];
    json::array openings;
    for (const RankedOpening& opening : answer.openings) {
        openings.push_back(opening_json(network, answer, opening));
    }
    return json_text(json::object{{"as_of", network.as_of ? json::value(iso_time(*network.as_of)) : json::value()},
                                  {"node", {{"pubkey", node.key.hex()}, {"alias", node.alias}}},
                                  {"assumptions",
                                   {{"amount_sats", to_sat_floor(question.amount).value},
                                    {"capacity_sats", question.capacity.value},
                                    {"max_htlc_sats", question.capacity.value},
                                    {"base_fee_msat", 0},
                                    {"own_fee_ppm", answer.own_fee_rate.value},
                                    {"own_fee_basis", name_of(answer.own_fee_basis)},
                                    {"peer_fee_basis", "median"},
                                    {"peer_fee_ppm_without_policy", graph::kAssumedFeeRate.value},
                                    {"hop_cost_msat", graph::kHopCost.value}}},
                                  {"betweenness_today", answer.betweenness_today},
                                  {"candidates", answer.candidates},
                                  {"openings", std::move(openings)}});
}

std::string what_if_text(const Network& network, const WhatIfAnswer& answer, const Io& io) {
    return WhatIfText(network, answer, io).page();
}

} // namespace mcp::app
