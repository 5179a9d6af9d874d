#pragma once
#include "ports/graphs.hpp"
#include "tests/support/network_builder.hpp"

#include <fmt/format.h>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace mcp::test {

/// A network that is the same every day but for its date, as a source that fails when told so.
class PlantedGraphs final : public ports::GraphSource {
public:
    explicit PlantedGraphs(NetworkBuilder network) : network_(std::move(network)) {}

    Task<void> refresh(Timer::Span) override { co_return; }
    Result<ports::GraphDays> load(Day day, Time now, const Stop&) override {
        ++loads;
        if (const std::optional<Error> planted = fault ? fault(day) : std::nullopt) {
            return fail(*planted);
        }
        ports::GraphDays days{.today = facts_of(day),
                              .history = {},
                              .source = {.name = domain::source::kGraph,
                                         .status = domain::SourceStatus::ok,
                                         .fetched_at = now,
                                         .age_seconds = (now - Time(day)).count(),
                                         .error = {}},
                              .fingerprint = fmt::format("{}", day.time_since_epoch().count())};
        days.history.push_back(facts_of(day - std::chrono::days{1}));
        return days;
    }
    bool is_unchanged(const ports::GraphDays& loaded, Day day) override { return loaded.today->date == day; }

    std::function<std::optional<Error>(Day)> fault; ///< none: every day's graph is there
    int loads = 0;

private:
    std::unique_ptr<analysis::DayFacts> facts_of(Day day) {
        domain::Network network = network_.at(Time(day)).build();
        analysis::DayBetweenness betweenness = analysis::compute_betweenness(network, 1);
        return std::make_unique<analysis::DayFacts>(std::move(network), day, std::move(betweenness));
    }

    NetworkBuilder network_;
};

} // namespace mcp::test
