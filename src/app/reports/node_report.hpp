#pragma once
#include "app/commands/io.hpp"
#include "app/reports/graph_days.hpp"
#include "domain/report.hpp"
#include "graph/what_if.hpp"

#include <memory>

namespace mcp::app {

/// Makes the reports of any node from the same days: what the nodes share is prepared once.
class ReportMaker {
public:
    /// @param days must outlive this
    ReportMaker(const GraphDays& days, Io& io);

    [[nodiscard]] domain::Report make(domain::NodeId node) const;

private:
    const GraphDays& days_;
    Io& io_;
    graph::WhatIf what_if_;
};

} // namespace mcp::app
