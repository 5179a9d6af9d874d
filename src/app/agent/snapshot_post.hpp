#pragma once
#include "async/task.hpp"
#include "base/error.hpp"
#include "ports/http_client.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace mcp::app {

/// How a service knows who sends a snapshot.
struct AgentSigner {
    std::string user;                                        ///< of the service, whose node it is
    std::string key;                                         ///< Ed25519, 64 hexadecimal digits
    std::function<std::string(std::string_view bytes)> sign; ///< 128 hexadecimal digits
};

/// Whether snapshots may be sent there: by https, or by http to this machine itself. @param url of a service
[[nodiscard]] bool is_service_url(std::string_view url);

/// Sends what a node told to the service.
class SnapshotPost {
public:
    /// @param service as is_service_url() has it   @param http outlives this
    SnapshotPost(ports::HttpClient& http, std::string_view service, AgentSigner signer);

    /// @param statement as flow/node/statement writes it
    /// @return by kinds: unauthenticated (it does not know this agent), conflict (it has something newer of that day),
    /// invalid_input (it will never take this: nothing is sent that is larger than it takes), and what comes and goes:
    /// rate_limited, timeout, unavailable, bad_upstream
    [[nodiscard]] Task<Result<void>> send(std::string statement);

private:
    ports::HttpClient& http_;
    std::string url_;
    AgentSigner signer_;
};

} // namespace mcp::app
