#include "app/commands/graph_facts.hpp"

#include "adapters/render/text_layout.hpp"
#include "app/commands/format.hpp"
#include "app/commands/load_graph.hpp"
#include "app/commands/nodes_csv.hpp"
#include "base/iso_time.hpp"
#include "base/json_text.hpp"
#include "graph/network_facts.hpp"

#include <boost/json.hpp>

namespace mcp::app {
namespace {

using graph::NetworkFacts;
using language::Language;
using language::render;
namespace json = boost::json;

/// The totals and what each of them means, in the order in which they are shown.
constexpr std::pair<const char*, std::string_view> kDefinitions[] = {
    {"as_of", "definition.as_of"},
    {"nodes", "definition.nodes"},
    {"nodes_with_channels", "definition.nodes_with_channels"},
    {"channels", "definition.channels"},
    {"channels_usable", "definition.channels_usable"},
    {"channels_silent", "definition.channels_silent"},
    {"channels_without_capacity", "definition.channels_without_capacity"},
    {"capacity_sats", "definition.capacity_sats"},
    {"capacity_usable_sats", "definition.capacity_usable_sats"},
    {"fee_ppm", "definition.fee_ppm"},
    {"directions", "definition.directions"},
};

json::object definitions(Language language) {
    json::object object;
    for (const auto& [name, key] : kDefinitions) {
        object[name] = render(Message{key, {}}, language);
    }
    return object;
}

json::value fee_rates_json(const NetworkFacts& facts) {
    json::object fees{{"p10", nullptr}, {"median", nullptr}, {"p90", nullptr}};
    if (facts.fee_rate_ppm) {
        fees = {
            {"p10", facts.fee_rate_ppm->p10}, {"median", facts.fee_rate_ppm->median}, {"p90", facts.fee_rate_ppm->p90}};
    }
    fees["directions"] = facts.directions.in_market;
    return fees;
}

/// A sum of nothing that is known is no sum: Rapid Gossip Sync may tell no capacity at all.
bool knows_capacity(const NetworkFacts& facts) {
    return facts.channels == 0 || facts.channels_without_capacity < facts.channels;
}

std::string facts_json(const NetworkFacts& facts, Language language) {
    const graph::DirectionCounts& counts = facts.directions;
    return json_text(json::object{
        {"as_of", facts.as_of ? json::value(iso_time(*facts.as_of)) : json::value()},
        {"nodes", facts.nodes},
        {"nodes_with_channels", facts.nodes_with_channels},
        {"channels", facts.channels},
        {"channels_usable", facts.channels_usable},
        {"channels_silent", facts.channels_silent ? json::value(*facts.channels_silent) : json::value()},
        {"channels_without_capacity", facts.channels_without_capacity},
        {"capacity_sats", knows_capacity(facts) ? json::value(facts.capacity.value) : json::value()},
        {"capacity_usable_sats", knows_capacity(facts) ? json::value(facts.capacity_usable.value) : json::value()},
        {"fee_ppm", fee_rates_json(facts)},
        {"directions",
         {{"in_market", counts.in_market},
          {"not_announced", counts.not_announced},
          {"disabled", counts.disabled},
          {"silent", facts.channels_silent ? json::value(counts.silent) : json::value()},
          {"forbidding", counts.forbidding}}},
        {"definitions", definitions(language)},
    });
}

/// The figures of a text for people: rows of a label and a figure, both from the message table.
class FactsTable {
public:
    explicit FactsTable(Language language) : language_(language) {}

    void add(std::string_view label, MessageValue figure, std::optional<Share> share = std::nullopt) {
        std::string remark = share ? words("facts.share", *share) : "";
        rows_.push_back({words(label), words("facts.figure", std::move(figure)), std::move(remark)});
    }

    [[nodiscard]] std::string text() const { return adapters::aligned(rows_); }

private:
    [[nodiscard]] std::string words(std::string_view key) const { return render(Message{key, {}}, language_); }
    [[nodiscard]] std::string words(std::string_view key, MessageValue value) const {
        return render(Message{key, {{"value", std::move(value)}}}, language_);
    }

    Language language_;
    std::vector<adapters::TableRow> rows_;
};

std::optional<Share> share_of(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? std::nullopt : std::optional(Share{static_cast<double>(part) / static_cast<double>(whole)});
}

std::int64_t count(std::uint64_t number) {
    return static_cast<std::int64_t>(number);
}

void add_totals(FactsTable& table, const NetworkFacts& facts) {
    table.add("facts.nodes", count(facts.nodes));
    table.add("facts.nodes_with_channels", count(facts.nodes_with_channels),
              share_of(count(facts.nodes_with_channels), count(facts.nodes)));
    table.add("facts.channels", count(facts.channels));
    table.add("facts.channels_usable", count(facts.channels_usable),
              share_of(count(facts.channels_usable), count(facts.channels)));
    if (facts.channels_silent) {
        table.add("facts.channels_silent", count(*facts.channels_silent),
                  share_of(count(*facts.channels_silent), count(facts.channels)));
    }
    if (knows_capacity(facts)) {
        table.add("facts.capacity", facts.capacity);
        table.add("facts.capacity_usable", facts.capacity_usable,
                  share_of(facts.capacity_usable.value, facts.capacity.value));
    }
}

void add_fees(FactsTable& table, const NetworkFacts& facts) {
    const graph::DirectionCounts& counts = facts.directions;
    if (facts.fee_rate_ppm) {
        table.add("facts.fee_p10", Decimal{facts.fee_rate_ppm->p10, 0});
        table.add("facts.fee_median", Decimal{facts.fee_rate_ppm->median, 0});
        table.add("facts.fee_p90", Decimal{facts.fee_rate_ppm->p90, 0});
    }
    const std::int64_t directions = 2 * count(facts.channels);
    table.add("facts.in_market", count(counts.in_market), share_of(count(counts.in_market), directions));
    table.add("facts.not_announced", count(counts.not_announced));
    table.add("facts.disabled", count(counts.disabled));
    if (facts.channels_silent) {
        table.add("facts.silent", count(counts.silent));
    }
    table.add("facts.forbidding", count(counts.forbidding));
}

std::string facts_text(const NetworkFacts& facts, const Io& io) {
    const Message title =
        facts.as_of ? Message{"facts.title", {{"as_of", *facts.as_of}}} : Message{"facts.title_undated", {}};
    FactsTable table(io.language);
    add_totals(table, facts);
    add_fees(table, facts);
    std::string text = render(title, io.language) + "\n\n" + table.text() + "\n";
    for (const std::string_view key : {"definition.channels_usable", "definition.fee_ppm"}) {
        text += adapters::wrapped(render(Message{key, {}}, io.language), std::min(io.columns, 100), 0);
    }
    return text;
}

} // namespace

int graph_facts(const GraphFactsOptions& options, Io& io) {
    const Result<Format> format = parse_format(options.format, std::array{Format::text, Format::json, Format::csv});
    if (!format) {
        return refuse_call(io, format.error().what);
    }
    if (options.graph_file.empty()) {
        return refuse_call(io, {"usage.no_graph", {}});
    }
    const Result<adapters::LoadedGraph> graph = load_graph(options.graph_file, io);
    if (!graph) {
        return report_failure(io, graph.error());
    }
    if (*format == Format::csv) {
        show_progress(io, {"progress.betweenness", {}});
        return deliver(io, nodes_csv(graph->network, io.threads));
    }
    const NetworkFacts facts = graph::network_facts(graph->network);
    return deliver(io, *format == Format::json ? facts_json(facts, io.language) : facts_text(facts, io));
}

} // namespace mcp::app
