#pragma once
#include "app/commands/io.hpp"
#include "domain/pub_key.hpp"

#include <string>
#include <vector>

namespace mcp::app {

struct DemoUser {
    std::string id;
    domain::PubKey node;
};

/// The service for a look around: on loopback, in a temporary folder that goes with it, with these users.
struct DemoService {
    std::string graph_file;
    std::vector<DemoUser> users;
    bool once = false; ///< ends after the run instead of serving until Ctrl-C
};

/// Runs the service: makes the users, runs the daily run at once with its progress, prints calls with tokens that work.
/// @return the exit status
[[nodiscard]] int run_demo_service(const DemoService& demo, Io& io);

} // namespace mcp::app
