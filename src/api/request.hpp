#pragma once
#include "base/clock.hpp"
#include "domain/language.hpp"
#include "ports/tokens.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::api {

struct Route;

/// A request as handlers see it: checked, and with nothing of the connection that it came by.
struct Request {
    const Route* route = nullptr;
    std::vector<std::string> path;                    ///< values of the {...} of the route's path, decoded, in order
    std::string query;                                ///< as it came; read by QueryReader
    std::string body;                                 ///< as it came; read by BodyReader
    std::string agent_key;                            ///< MCP-Agent-Key, as it came
    std::string signature;                            ///< MCP-Signature, as it came
    std::shared_ptr<const ports::Caller> caller;      ///< nobody on routes that are open to all
    std::string id;                                   ///< X-Request-ID
    domain::Language language = domain::Language::en; ///< that errors and sentences of the answer are in
    Time now;                                         ///< when it came
    std::shared_ptr<const void> turn;                 ///< that its guard gave it, until it is answered
};

} // namespace mcp::api
