#include "app/commands/graph_what_if.hpp"

#include "analysis/find_node.hpp"
#include "app/commands/format.hpp"
#include "app/commands/load_graph.hpp"
#include "app/commands/what_if_pages.hpp"

#include <array>

namespace mcp::app {
namespace {

constexpr std::int64_t kFeeRateMax = 0xFFFFFFFF; ///< u32 on the wire

std::optional<Message> wrong_number(std::string_view option, std::int64_t given, std::int64_t min, std::int64_t max) {
    if (given >= min && given <= max) {
        return std::nullopt;
    }
    return Message{"usage.out_of_range",
                   {{"option", std::string(option)}, {"given", given}, {"min", min}, {"max", max}}};
}

std::optional<Message> wrong_numbers(const GraphWhatIfOptions& options) {
    for (const std::optional<Message>& wrong : {wrong_number("--capacity", options.capacity_sats, 1, kAllBitcoin.value),
                                                wrong_number("--amount", options.amount_sats, 1, kAllBitcoin.value),
                                                wrong_number("--fee-ppm", options.fee_ppm.value_or(0), 0, kFeeRateMax),
                                                wrong_number("--top", options.top, 1, 100'000)}) {
        if (wrong) {
            return wrong;
        }
    }
    return std::nullopt;
}

/// The call, understood; nothing is read yet.
Result<Format> understand(const GraphWhatIfOptions& options) {
    const Result<Format> format = parse_format(options.format, std::array{Format::text, Format::json});
    if (!format) {
        return format;
    }
    if (options.graph_file.empty()) {
        return fail(ErrorKind::invalid_input, {"usage.no_graph", {}});
    }
    if (options.node.empty()) {
        return fail(ErrorKind::invalid_input, {"usage.no_node", {}});
    }
    if (const std::optional<Message> wrong = wrong_numbers(options)) {
        return fail(ErrorKind::invalid_input, *wrong);
    }
    return format;
}

Result<WhatIfQuestion> question_of(const GraphWhatIfOptions& options, const domain::Network& network) {
    const Result<domain::NodeId> node = analysis::find_node(network, options.node);
    if (!node) {
        return fail(node.error());
    }
    WhatIfQuestion question{.node = *node,
                            .peer = std::nullopt,
                            .capacity = Sat{options.capacity_sats},
                            .amount = to_msat(Sat{options.amount_sats}),
                            .own_fee_rate = std::nullopt,
                            .top = static_cast<std::size_t>(options.top)};
    if (options.fee_ppm) {
        question.own_fee_rate = Ppm{*options.fee_ppm};
    }
    if (!options.peer.empty()) {
        const Result<domain::NodeId> peer = analysis::find_node(network, options.peer);
        if (!peer) {
            return fail(peer.error());
        }
        question.peer = *peer;
    }
    return question;
}

} // namespace

int graph_what_if(const GraphWhatIfOptions& options, Io& io) {
    const Result<Format> format = understand(options);
    if (!format) {
        return refuse_call(io, format.error().what);
    }
    const Result<adapters::LoadedGraph> graph = load_graph(options.graph_file, io);
    if (!graph) {
        return report_failure(io, graph.error());
    }
    const Result<WhatIfQuestion> question = question_of(options, graph->network);
    if (!question) {
        return report_failure(io, question.error());
    }
    if (question->peer == question->node) {
        return refuse_call(io, {"usage.peer_is_node", {}});
    }
    show_progress(io, {"progress.what_if", {}});
    const WhatIfAnswer answer = what_if_answer(graph->network, *question, io.threads);
    return deliver(io, *format == Format::json ? what_if_json(graph->network, answer)
                                               : what_if_text(graph->network, answer, io));
}

} // namespace mcp::app
