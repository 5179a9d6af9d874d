#include "app/agent/agent_memory.hpp"

#include "app/reports/graph_days.hpp"
#include "base/iso_time.hpp"
#include "base/json/document.hpp"
#include "base/json_text.hpp"
#include "flow/node/statement.hpp"

#include <boost/json.hpp>

namespace mcp::app {
namespace {

constexpr std::chrono::seconds kLongestDay{86'400};

std::string day_text(Day day) {
    return iso_time(day).substr(0, std::string_view("YYYY-MM-DD").size());
}

Result<domain::NodeWatched> read_watched(const json::Cursor& value) {
    const Result<std::int64_t> watched = value.at("watched_seconds").as_i64();
    const Result<std::int64_t> reached = value.at("reached_seconds").as_i64();
    if (!watched || !reached) {
        return fail(watched ? reached.error() : watched.error());
    }
    const domain::NodeWatched span{std::chrono::seconds{*watched}, std::chrono::seconds{*reached}};
    if (span.reached < span.reached.zero() || span.reached > span.watched || span.watched > kLongestDay) {
        return fail(ErrorKind::invalid_input, {"agent.memory_beyond_belief", {{"member", value.path()}}});
    }
    return span;
}

} // namespace

std::string memory_text(const AgentMemory& memory) {
    boost::json::object watched;
    for (const auto& [day, span] : memory.watched) {
        watched[day_text(day)] = {{"watched_seconds", span.watched.count()}, {"reached_seconds", span.reached.count()}};
    }
    return json_text(boost::json::object{{"watched", std::move(watched)}, {"statement", memory.statement}});
}

Result<AgentMemory> read_memory(std::string_view text) {
    const Result<json::Document> document =
        json::Document::parse(text, {.string_bytes = flow::kStatementBytesMax, .text_bytes = kMemoryBytesMax});
    if (!document) {
        return fail(document.error());
    }
    AgentMemory memory;
    const json::Cursor watched = document->root().at("watched");
    for (const std::string& name : watched.names()) {
        const std::optional<Day> day = parse_day(name);
        Result<domain::NodeWatched> span = read_watched(watched.at(name));
        if (!day || !span) {
            return fail(span ? Error{ErrorKind::invalid_input, {"agent.memory_beyond_belief", {{"member", name}}}}
                             : std::move(span.error()));
        }
        memory.watched[*day] = *span;
    }
    const Result<std::string_view> statement = document->root().at("statement").as_string();
    if (!statement) {
        return fail(statement.error());
    }
    memory.statement = *statement;
    return memory;
}

} // namespace mcp::app
