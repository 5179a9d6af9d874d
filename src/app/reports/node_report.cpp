#include "app/reports/node_report.hpp"

#include "adapters/identity/report_id.hpp"
#include "analysis/compose.hpp"
#include "analysis/open_search.hpp"
#include "app/node/own_node_reading.hpp"

namespace mcp::app {
namespace {

constexpr const char* kLocal = "local"; // user and tenant of a report made on the command line

} // namespace

ReportMaker::ReportMaker(const GraphDays& days, Io& io)
    : days_(days), io_(io),
      what_if_(graph::WhatIf::prepare(graph::fee_graph(days.today->network, analysis::kTypicalPayment), io.threads)) {}

domain::Report ReportMaker::make(domain::NodeId node, const domain::OwnNode* own) const {
    const analysis::DayFacts& today = *days_.today;
    const analysis::OpenAdvice advice = analysis::search_openings(today, what_if_, node);
    const std::vector<const analysis::DayFacts*> history = days_.history_pointers();
    const Time now = io_.clock.now();
    std::vector<analysis::OwnNodeOfDay> told;
    if (own != nullptr) {
        told.push_back({.day = today.date, .node = own});
    }
    return analysis::compose({.today = today,
                              .history = history,
                              .node = node,
                              .open_advice = &advice,
                              .own = told,
                              .node_source = own == nullptr ? std::nullopt : std::optional(source_state(*own, now)),
                              .report_id = adapters::report_id(kLocal, today.date),
                              .user_id = kLocal,
                              .tenant_id = kLocal,
                              .generated_at = now});
}

} // namespace mcp::app
