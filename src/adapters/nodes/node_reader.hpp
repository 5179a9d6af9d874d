#pragma once
#include "adapters/nodes/node_call.hpp"
#include "ports/own_node.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mcp::adapters {

/// Reads nodes by their HTTP interfaces: LND's REST and Core Lightning's clnrest. What an address rule forbids is not
/// asked, even where a name leads there only later.
class HttpNodeReader final : public ports::NodeReader {
public:
    explicit HttpNodeReader(NodeTools tools) : tools_(std::move(tools)) {}

    [[nodiscard]] Result<std::string> check_url(std::string_view url) const override;
    [[nodiscard]] Task<Result<domain::OwnNode>>
    read(ports::NodeAccess access, Day day, std::vector<domain::NodeDayFlow> known, Timer::Span time_max) override;
    [[nodiscard]] Task<Result<ports::NodeTrial>> try_out(ports::NodeAccess access, Timer::Span time_max) override;
    [[nodiscard]] Task<Result<void>> knock(ports::NodeAccess access, Timer::Span time_max) override;

private:
    /// The access with its URL checked again: rules may have changed since it was kept.
    [[nodiscard]] Result<NodeCalls> calls_to(ports::NodeAccess access, Timer::Span time_max) const;

    NodeTools tools_;
};

} // namespace mcp::adapters
