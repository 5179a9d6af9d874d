#pragma once
#include "async/log.hpp"
#include "domain/language.hpp"
#include "flow/schedule.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace mcp::app {

/// What an operator may set, as the service uses it. What each means, its default and its range stand in THE TABLE
/// (keys.cpp); load_settings() fills all of it, and default_settings() gives what applies when nobody sets anything.
struct Settings {
    // The daily run.
    bool scheduler_enabled = false;
    std::int64_t run_hour = 0;   ///< UTC
    std::int64_t run_minute = 0; ///< UTC
    std::int64_t reports_at_once = 0;
    std::int64_t report_retries = 0; ///< further tries after the first
    std::int64_t report_seconds = 0; ///< for all tries of one report together

    // Where things are kept.
    std::string data_folder;
    std::string rag_folder;
    std::string mongodb_uri;
    std::string redis_url;

    // Where the data comes from. An empty URL or file: that source is not configured.
    std::vector<std::string> graph_sources; ///< of "lnd", "cln", "file", "rgs", in the order in which they are asked
    std::string graph_file;
    std::string lnd_url;
    std::string lnd_macaroon_file;
    std::string lnd_certificate_file;
    std::string cln_url;
    std::string cln_rune_file;
    std::string cln_ca_file;
    std::string rgs_url;
    std::string mempool_url;
    std::int64_t mempool_requests_per_run = 0;
    std::string amboss_url;
    std::string amboss_key; ///< empty: asked without one

    // The users' own nodes.
    std::string secrets_key;                     ///< what their credentials are sealed with; empty: none can be kept
    std::string secrets_key_old;                 ///< what some were sealed with before; empty: none
    std::vector<std::string> node_address_allow; ///< networks that users' nodes may stand in beside the public ones
    std::string tor_proxy;                       ///< "socks5h://127.0.0.1:9050"; empty: no .onion node is reached
    std::int64_t node_watch_minutes = 0;         ///< between two knocks at each node; 0: nobody knocks

    // Who may ask.
    std::string jwt_secret;    ///< empty: none
    std::string jwt_keys_file; ///< empty: none
    std::string jwt_issuer;    ///< empty: any
    std::string jwt_audience;  ///< empty: any

    // The HTTP API.
    std::string host; ///< an IP address
    std::int64_t port = 0;
    std::int64_t connections_max = 0;
    std::int64_t requests_per_minute = 0;     ///< 0: no limit
    std::vector<std::string> trusted_proxies; ///< IP addresses
    std::vector<std::string> cors_origins;    ///< "https://host", or "*"; empty: CORS is off
    std::string default_language;

    // The log.
    std::string log_file; ///< empty: standard error only
    std::string log_format;
    std::string log_level;

    [[nodiscard]] flow::Schedule schedule() const;
    [[nodiscard]] std::chrono::seconds report_deadline() const { return std::chrono::seconds{report_seconds}; }
    [[nodiscard]] std::chrono::minutes node_watch_every() const { return std::chrono::minutes{node_watch_minutes}; }
    [[nodiscard]] domain::Language language() const; ///< of users who chose none
    [[nodiscard]] bool log_is_json() const { return log_format == "json"; }
    [[nodiscard]] LogLevel least_log_level() const;

    void complete(); ///< gives folders that nobody named their place, which follows from the others
};

} // namespace mcp::app
