#pragma once
#include "ports/store.hpp"

#include <fmt/format.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/// Users, reports and runs as the tests of stores need them.
namespace mcp::test {

inline constexpr Day kMonday{std::chrono::year{2025} / 10 / 27};
inline constexpr std::chrono::days kOneDay{1};

constexpr Time at(Day day, int hour, int minute = 0) {
    return Time(day) + std::chrono::hours{hour} + std::chrono::minutes{minute};
}

/// The key of a node; another number is another node.
inline domain::PubKey node_number(int number) {
    domain::PubKey key;
    key.bytes[0] = 2;
    key.bytes[31] = static_cast<std::uint8_t>(number / 256);
    key.bytes[32] = static_cast<std::uint8_t>(number % 256);
    return key;
}

/// A user without a node; set what a test is about.
inline domain::User a_user(std::string id, std::string tenant = "tenant-1") {
    return {.id = std::move(id),
            .tenant = std::move(tenant),
            .node = std::nullopt,
            .node_proof = domain::NodeProof::none,
            .language = domain::Language::fr,
            .daily_report = false,
            .created_at = at(kMonday, 1),
            .updated_at = at(kMonday, 1)};
}

/// The same with a node and the daily report enabled.
inline domain::User a_reader(std::string id, int node, std::string tenant = "tenant-1") {
    domain::User user = a_user(std::move(id), std::move(tenant));
    user.node = node_number(node);
    user.daily_report = true;
    return user;
}

/// A link to an LND node, made on Monday at 02:00 and never tried.
inline domain::NodeLink a_link(std::string user_id) {
    return {.user_id = std::move(user_id),
            .kind = domain::LinkKind::lnd,
            .url = "https://node.example:8080",
            .sealed = "sealed",
            .agent_key = {},
            .expires_at = {},
            .created_at = at(kMonday, 2)};
}

/// A link of an agent; another number is another key.
inline domain::NodeLink an_agent(std::string user_id, int number) {
    domain::NodeLink link = a_link(std::move(user_id));
    link.kind = domain::LinkKind::agent;
    link.url.clear();
    link.sealed.clear();
    link.agent_key = fmt::format("{:064x}", number);
    return link;
}

/// What a user's node 1 told for a day, read at 05:50.
inline ports::Statement a_statement(std::string user_id, Day day, std::string text = "{}") {
    return {.user_id = std::move(user_id),
            .node = node_number(1),
            .day = day,
            .read_at = at(day, 5, 50),
            .text = std::move(text)};
}

/// The completed report of a user and day, generated at 06:00, with a snapshot when the user has a node.
inline ports::FinishedReport a_report(const domain::User& user, Day day, std::string document = "{\"score\": 71}") {
    ports::FinishedReport finished{
        .report = {.report_id = fmt::format("report of {} on day {}", user.id, day.time_since_epoch().count()),
                   .user_id = user.id,
                   .tenant_id = user.tenant,
                   .report_date = day,
                   .generated_at = at(day, 6),
                   .end = ports::ReportEnd::completed,
                   .document = std::make_shared<const std::string>(std::move(document))},
        .node = user.node,
        .run_id = "no such run",
        .seconds = 0.5,
        .retries = 0,
        .failure = {},
        .snapshot = {}};
    if (user.node) {
        finished.snapshot = ports::Snapshot{.node = *user.node, .day = day, .facts = "{\"capacity\": 1}"};
    }
    return finished;
}

inline ports::FinishedReport a_failure(const domain::User& user, Day day, std::string failure = "no graph") {
    ports::FinishedReport finished = a_report(user, day, "{\"error\": true}");
    finished.report.end = ports::ReportEnd::failed;
    finished.failure = std::move(failure);
    finished.snapshot.reset();
    return finished;
}

/// Scheduled, for all, started at 06:00.
inline ports::Run a_run(std::string id, Day day) {
    return {.id = std::move(id),
            .kind = ports::RunKind::scheduled,
            .day = day,
            .for_all = true,
            .user_ids = {},
            .state = ports::RunState::going_on,
            .started_at = at(day, 6),
            .ended_at = {},
            .failure = {}};
}

/// Of Monday, 12:00, for those who are named or else for all.
inline ports::Run a_triggered_run(std::string id, std::vector<std::string> user_ids) {
    ports::Run run = a_run(std::move(id), kMonday);
    run.kind = ports::RunKind::triggered;
    run.for_all = user_ids.empty();
    run.user_ids = std::move(user_ids);
    run.started_at = at(kMonday, 12);
    return run;
}

} // namespace mcp::test
