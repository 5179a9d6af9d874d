#pragma once
#include "app/commands/io.hpp"
#include "app/reports/graph_days.hpp"
#include "domain/own_node.hpp"
#include "domain/report.hpp"
#include "graph/what_if.hpp"

#include <memory>

namespace mcp::app {

/// Makes the reports of any node from the same days: what the nodes share is prepared once.
class ReportMaker {
public:
    /// @param days must outlive this
    ReportMaker(const GraphDays& days, Io& io);

    /// @param own what the node itself told today; nullptr: it was not asked
    [[nodiscard]] domain::Report make(domain::NodeId node, const domain::OwnNode* own = nullptr) const;

private:
    const GraphDays& days_;
    Io& io_;
    graph::WhatIf what_if_;
};

} // namespace mcp::app
