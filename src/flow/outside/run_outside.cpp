#include "flow/outside/run_outside.hpp"

#include "flow/outside/failure.hpp"
#include "flow/outside/kept.hpp"
#include "flow/tell.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iterator>

namespace mcp::flow {
namespace {

using domain::Outside;
using domain::SourceState;
using domain::SourceStatus;
using ports::KeptAnswer;
using ports::Question;

/// Those that a report names also when they are not configured.
constexpr std::array kKnownSources = {domain::source::kMempool, domain::source::kAmboss};

Day day_of(Time time) {
    return std::chrono::floor<std::chrono::days>(time);
}

/// Adds what the kept answer says to `outside`. @param kept nullptr: there is none
Standing read_into(Outside& outside, const ports::Source& source, const Question& question, const KeptAnswer* kept,
                   Time now) {
    const std::chrono::seconds most = question.of_node ? kNodeAnswerMost : kNetworkAnswerMost;
    Standing standing{.source = source.name(), .of_node = question.of_node, .lasts = std::max(most, question.fresh)};
    if (kept == nullptr) {
        return standing;
    }
    standing.failure = kept->failure;
    if (kept->answer.empty()) {
        return standing;
    }
    Outside with = outside;
    const Result<void> read = source.read(question, kept->answer, kept->answered_at, with);
    if (!read) {
        standing.failure = failure_text(read.error());
        return standing;
    }
    standing.answered_at = kept->answered_at;
    if (!standing.is_fresh(now)) { // nobody can use what a transaction cost, or a coin, on another day
        with.fees = outside.fees;
        with.price = outside.price;
    }
    outside = std::move(with);
    return standing;
}

/// Why not all answers are fresh: how the question went wrong, or any other that the source was asked.
Message reason(const std::vector<Standing>& standings, Time now) {
    const Standing* worst = nullptr;
    bool is_turn_awaited = false;
    for (const Standing& standing : standings) {
        const bool is_better = worst == nullptr || (worst->is_fresh(now) && !standing.is_fresh(now));
        worst = is_better && !standing.failure.empty() ? &standing : worst;
        is_turn_awaited = is_turn_awaited || (standing.of_node && !standing.is_fresh(now));
    }
    if (worst != nullptr) {
        return failure_message(worst->failure);
    }
    return {is_turn_awaited ? "outside.in_turn" : "outside.not_asked", {}};
}

SourceState state_of(std::string_view source, const std::vector<Standing>& all, Time now) {
    SourceState state{
        .name = source, .status = SourceStatus::not_configured, .fetched_at = {}, .age_seconds = {}, .error = {}};
    std::vector<Standing> standings;
    std::copy_if(all.begin(), all.end(), std::back_inserter(standings),
                 [&](const Standing& one) { return one.source == source; });
    if (standings.empty()) {
        return state;
    }
    for (const Standing& standing : standings) {
        if (standing.answered_at && (!state.fetched_at || *standing.answered_at < *state.fetched_at)) {
            state.fetched_at = standing.answered_at; // the oldest
        }
    }
    const bool is_fresh =
        std::all_of(standings.begin(), standings.end(), [&](const Standing& one) { return one.is_fresh(now); });
    if (state.fetched_at) {
        state.age_seconds = std::max<std::int64_t>(0, (now - *state.fetched_at).count());
    }
    state.status = is_fresh ? SourceStatus::ok : state.fetched_at ? SourceStatus::stale : SourceStatus::unavailable;
    if (!is_fresh) {
        state.error = reason(standings, now);
    }
    return state;
}

std::vector<domain::OnchainFeesOfDay> fees_of(const ports::Source& source, const Question& question,
                                              const Result<std::vector<KeptAnswer>>& days) {
    std::vector<domain::OnchainFeesOfDay> fees;
    for (std::size_t i = 0; days && i < days->size(); ++i) {
        const KeptAnswer& day = (*days)[i];
        Outside said;
        const Result<void> read = source.read(question, day.answer, day.answered_at, said);
        if (read && said.fees) {
            fees.push_back({.day = day_of(day.answered_at), .hour = said.fees->hour});
        }
    }
    return fees;
}

} // namespace

bool Standing::is_fresh(Time now) const {
    if (!answered_at) {
        return false;
    }
    const bool is_of_today = !of_node && day_of(*answered_at) == day_of(now);
    return is_of_today || now - *answered_at <= lasts;
}

Task<std::shared_ptr<const RunOutside>> RunOutside::read(Env& env, ports::Store& store,
                                                         std::vector<AskedSource> sources) {
    const std::shared_ptr<RunOutside> outside(new RunOutside(std::move(sources)));
    co_await outside->read_network(env, store);
    co_await outside->read_fees_of_days(env, store);
    co_return outside;
}

Task<void> RunOutside::read_network(Env& env, ports::Store& store) {
    std::string network;
    const Result<std::vector<KeptAnswer>> kept = co_await store.answers(std::move(network));
    if (!kept) {
        env.log.write(LogLevel::error, "sources",
                      fmt::format("What the sources said cannot be read: {}", in_english(kept.error())));
    }
    const Time now = env.clock.now();
    for (const AskedSource& asked : sources_) {
        for (const Question& question : asked.source->questions()) {
            if (question.of_node) {
                continue;
            }
            const KeptAnswer* answer = kept ? find_kept(*kept, *asked.source, question) : nullptr;
            standings_.push_back(read_into(network_, *asked.source, question, answer, now));
            if (!kept) {
                standings_.back().failure = failure_text(kept.error());
            }
        }
    }
}

Task<void> RunOutside::read_fees_of_days(Env& env, ports::Store& store) {
    const Day today = day_of(env.clock.now());
    for (const AskedSource& asked : sources_) {
        for (const Question& question : asked.source->questions()) {
            const bool is_wanted = question.keeps_days && network_.fees_of_days.empty(); // of one source only
            std::string source(asked.source->name());
            std::string about(question.name);
            if (is_wanted) {
                const Result<std::vector<KeptAnswer>> days =
                    co_await store.answers_of_days(std::move(source), std::move(about), today - kFeeDays, today);
                network_.fees_of_days = fees_of(*asked.source, question, days);
            }
        }
    }
}

Outside RunOutside::of(const std::vector<KeptAnswer>& about_node, Time now) const {
    Outside outside = network_;
    std::vector<Standing> standings = standings_;
    std::vector<std::string_view> names(kKnownSources.begin(), kKnownSources.end());
    for (const AskedSource& asked : sources_) {
        for (const Question& question : asked.source->questions()) {
            if (question.of_node) {
                const KeptAnswer* kept = find_kept(about_node, *asked.source, question);
                standings.push_back(read_into(outside, *asked.source, question, kept, now));
            }
        }
        if (std::find(names.begin(), names.end(), asked.source->name()) == names.end()) {
            names.push_back(asked.source->name());
        }
    }
    for (const std::string_view name : names) {
        outside.states.push_back(state_of(name, standings, now));
    }
    return outside;
}

} // namespace mcp::flow
