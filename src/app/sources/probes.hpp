#pragma once
#include "adapters/sources/all.hpp"
#include "app/config/settings.hpp"
#include "async/env.hpp"
#include "ports/http_client.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::app {

/// What came of trying one source of the table.
struct SourceProbe {
    const adapters::SourceRow* row;
    std::vector<std::string_view> missing = {}; ///< configuration keys; it was not tried for want of them
    bool is_configured = false;                 ///< by at least one of its keys
    bool is_left_out = false;                   ///< by MCP_GRAPH_SOURCES: the service will not ask it
    std::optional<Error> fault = {};            ///< why it could not be used
    std::string version = {};                   ///< empty: it does not tell
    std::optional<Timer::Span> took = {};       ///< from asking to its answer
    std::optional<Time> as_of = {};             ///< of its data, where it is dated

    [[nodiscard]] bool is_good() const { return is_configured && missing.empty() && !fault; }
};

/// Tries each source that the configuration names, one after the other, each within half a minute.
[[nodiscard]] Task<std::vector<SourceProbe>> probe_sources(const Settings& settings, Env& env, ports::HttpClient& http,
                                                           boost::asio::any_io_executor executor);

} // namespace mcp::app
