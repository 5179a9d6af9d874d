#include "flow/outside/asking.hpp"

#include "flow/crew.hpp"
#include "flow/outside/failure.hpp"
#include "flow/outside/kept.hpp"
#include "flow/tell.hpp"

#include <algorithm>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>
#include <fmt/format.h>
#include <limits>

namespace mcp::flow {
namespace {

using domain::PubKey;
using ports::KeptAnswer;
using ports::Question;

/// A source that failed as a whole so often in a row is left alone until the next run.
constexpr int kFailuresInARow = 3;
/// Pause of a patient one whose requests are held back, and how often it looks meanwhile whether it is still wanted.
constexpr std::chrono::seconds kPatience{60};
constexpr std::chrono::seconds kLook{1};
constexpr int kMoreTriesMost = 10;        // of one request, before a run is due
constexpr std::chrono::seconds kSlow{15}; // longer than a request that goes well ever takes
constexpr std::size_t kAllNodes = std::numeric_limits<std::int32_t>::max();

std::size_t requests_for(std::size_t nodes, const Question& question) {
    return (nodes + question.nodes_max - 1) / question.nodes_max;
}

Error fault_of_program() {
    return {.kind = ErrorKind::internal, .what = {"outside.fault", {}}};
}

/// Whether the client did not send the request at all (flow/manners).
bool is_held_back(const Error& error) {
    return error.what.key == "manners.left_alone" || error.what.key == "manners.too_late";
}

/// Whether the answer says what the source promises, as far as it can be known without the report it is for.
Result<void> verify(const ports::Source& source, const Question& question, std::string_view answer, Time asked_at) {
    domain::Outside scratch;
    try {
        return source.read(question, answer, asked_at, scratch);
    } catch (const std::exception&) { // a programmer's: it must not take the reports with it
        return fail(fault_of_program());
    }
}

bool is_fresh(const ports::Source& source, const Question& question, const KeptAnswer* kept, Time now) {
    const bool is_recent = kept != nullptr && !kept->answer.empty() && kept->answered_at <= now &&
                           now - kept->answered_at < question.fresh;
    return is_recent && verify(source, question, kept->answer, kept->answered_at);
}

} // namespace

Task<void> Asking::run() {
    const auto whole = boost::asio::this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
    co_await whole; // what came must be kept: only the waiting for a source is cut off
    try {
        co_await ask_all();
    } catch (const std::exception& thrown) { // a programmer's: it must not take the reports with it
        stop(LogLevel::error, fmt::format("of a fault of the program: {}", thrown.what()));
    }
    tell();
}

Task<void> Asking::ask_all() {
    std::vector<Due> due;
    for (const Question* question : wanted_.with_nodes ? node_questions() : std::vector<const Question*>()) {
        Task<std::vector<PubKey>> reading = wanted_.user_ids ? due_named_nodes(*question) : due_nodes(*question);
        std::vector<PubKey> nodes = co_await std::move(reading);
        left_ += nodes.size();
        due.push_back({.question = question, .nodes = std::move(nodes)});
    }
    if (goes_on()) {
        co_await ask_network();
    }
    if (goes_on()) {
        co_await ask_nodes(std::move(due));
    }
}

Task<void> Asking::ask_network() {
    std::string network;
    const Result<std::vector<KeptAnswer>> kept = co_await store_.answers(std::move(network));
    if (!kept) {
        stop_for_store(kept.error());
        co_return;
    }
    for (const Question& question : source_.questions()) {
        const bool is_due =
            !question.of_node && !is_fresh(source_, question, find_kept(*kept, source_, question), env_.clock.now());
        for (bool was_sent = false; is_due && !was_sent && goes_on();) {
            std::vector<PubKey> no_node;
            was_sent = co_await ask(question, std::move(no_node));
        }
    }
}

std::vector<const Question*> Asking::node_questions() const {
    std::vector<const Question*> questions;
    for (const Question& question : source_.questions()) {
        if (question.of_node) {
            questions.push_back(&question);
        }
    }
    if (!questions.empty()) { // where the budget does not part evenly, each question gets more on another day
        const auto day = std::chrono::floor<std::chrono::days>(wanted_.since).time_since_epoch().count();
        const auto first = static_cast<std::size_t>(day) % questions.size();
        std::rotate(questions.begin(), questions.begin() + static_cast<std::ptrdiff_t>(first), questions.end());
    }
    return questions;
}

Task<void> Asking::ask_nodes(std::vector<Due> due) {
    const std::size_t spent = requests_max_ ? co_await requests_spent() : 0;
    std::size_t budget = requests_max_ ? *requests_max_ - std::min(*requests_max_, spent) : kAllNodes;
    for (std::size_t i = 0; i < due.size(); ++i) {
        const std::size_t questions_left = due.size() - i;
        const std::size_t share = (budget + questions_left - 1) / questions_left;
        const std::size_t before = requests_;
        co_await ask_about(*due[i].question, std::move(due[i].nodes), share);
        budget -= requests_ - before;
    }
}

/// What was asked for this run before, by us or by the process that a restart ended.
Task<std::size_t> Asking::requests_spent() {
    std::size_t spent = 0;
    const std::string name(source_.name());
    const Time after_all = env_.clock.now() + std::chrono::days{1};
    for (const Question* question : node_questions()) {
        const std::string about(question->name);
        const Result<std::vector<PubKey>> all = co_await store_.nodes_to_ask(name, about, after_all, kAllNodes);
        const Result<std::vector<PubKey>> unasked = co_await store_.nodes_to_ask(name, about, wanted_.since, kAllNodes);
        if (!all || !unasked) {
            stop_for_store(all ? unasked.error() : all.error());
            co_return 0;
        }
        spent += requests_for(all->size() - std::min(all->size(), unasked->size()), *question);
    }
    co_return spent;
}

Task<std::vector<PubKey>> Asking::due_nodes(const Question& question) {
    const Time asked_before = env_.clock.now() - question.fresh;
    const std::string name(source_.name());
    const std::string about(question.name);
    Result<std::vector<PubKey>> nodes = co_await store_.nodes_to_ask(name, about, asked_before, kAllNodes);
    if (!nodes) {
        stop_for_store(nodes.error());
        co_return std::vector<PubKey>();
    }
    co_return std::move(*nodes);
}

/// Who names a user wants an answer now: a try that failed lately is repeated.
Task<std::vector<PubKey>> Asking::due_named_nodes(const Question& question) {
    if (!named_) {
        named_.emplace();
        for (const std::string& id : *wanted_.user_ids) {
            const Result<std::optional<domain::User>> user = co_await store_.user(id);
            if (user && *user && (*user)->node) {
                named_->insert(*(*user)->node);
            }
        }
    }
    std::vector<PubKey> due;
    for (const PubKey& node : *named_) {
        const Result<std::vector<KeptAnswer>> kept = co_await store_.answers(node.hex());
        if (!kept) {
            stop_for_store(kept.error());
            break;
        }
        if (!is_fresh(source_, question, find_kept(*kept, source_, question), env_.clock.now())) {
            due.push_back(node);
        }
    }
    co_return due;
}

/// @param nodes the most urgent first   @param requests that may be made
Task<void> Asking::ask_about(const Question& question, std::vector<PubKey> nodes, std::size_t requests) {
    const std::size_t requests_end = requests_ + requests;
    std::size_t asked = 0;
    while (asked < nodes.size() && requests_ < requests_end && goes_on()) {
        const std::size_t many = std::min(question.nodes_max, nodes.size() - asked);
        const auto first = nodes.begin() + static_cast<std::ptrdiff_t>(asked);
        std::vector<PubKey> some(first, first + static_cast<std::ptrdiff_t>(many));
        const bool was_sent = co_await ask(question, std::move(some));
        asked += was_sent ? many : 0;
    }
}

/// One request, and all it brings kept. @return false when it was not even sent
Task<bool> Asking::ask(const Question& question, std::vector<PubKey> nodes) {
    std::vector<std::string> subjects;
    subjects.reserve(nodes.size() + 1);
    for (const PubKey& node : nodes) {
        subjects.push_back(node.hex());
    }
    if (!question.of_node) {
        subjects.emplace_back();
    }
    const Timer::Span began = env_.timer.now();
    Answers answers = co_await ask_source(question, std::move(nodes));
    const bool was_slow = env_.timer.now() - began >= kSlow;
    if (!answers && is_held_back(answers.error())) {
        co_await be_patient(answers.error());
        co_return false;
    }
    ++requests_;
    if (!answers && is_worth_another_try()) {
        ++more_tries_;
        note_failure(answers.error());
        co_await pause();
        co_return false;
    }
    more_tries_ = 0;
    if (!answers && (halt_.is_asked || (is_over_ && !was_slow))) {
        co_return true; // it was us who cut it off; one that hangs is to come last all the same
    }
    const Time now = env_.clock.now();
    if (answers && answers->size() != subjects.size()) {
        answers = fail(ErrorKind::bad_upstream, {"outside.other_count", {}});
    }
    failures_in_a_row_ = answers ? 0 : failures_in_a_row_ + 1;
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        Result<std::string> answer = answers ? std::move((*answers)[i]) : fail(answers.error());
        co_await keep(question, std::move(subjects[i]), std::move(answer), now);
    }
    if (failures_in_a_row_ == kFailuresInARow && wanted_.is_patient) {
        --failures_in_a_row_;
    } else if (failures_in_a_row_ == kFailuresInARow) {
        stop(LogLevel::error, fmt::format("{} requests in a row failed", kFailuresInARow));
    }
    co_return true;
}

/// A source that fails again and again may come back before the run is due: it is waited for, and asked the same again,
/// but not for ever, as the fault may lie in what it is asked.
bool Asking::is_worth_another_try() const {
    return wanted_.is_patient && !is_over_ && !halt_.is_asked && failures_in_a_row_ + 1 >= kFailuresInARow &&
           more_tries_ < kMoreTriesMost;
}

/// What to do when our own client holds requests back, because the source wants a pause or failed too often.
Task<void> Asking::be_patient(Error error) {
    note_failure(error);
    if (!wanted_.is_patient) {
        stop(LogLevel::warning, "requests are held back");
    }
    co_await pause();
}

Task<void> Asking::pause() {
    const Deadline end(env_.timer, kPatience);
    while (goes_on() && !end.passed()) {
        co_await env_.timer.wait(kLook);
    }
}

Task<Asking::Answers> Asking::ask_source(const Question& question, std::vector<PubKey> nodes) {
    const auto may_be_cut_off =
        boost::asio::this_coro::reset_cancellation_state(boost::asio::enable_terminal_cancellation());
    const auto whole = boost::asio::this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
    Answers answers = fail(ErrorKind::cancelled, {"outside.cut_off", {}});
    std::string thrown;
    co_await may_be_cut_off;
    try {
        answers = co_await source_.ask(question, std::move(nodes));
    } catch (const std::exception& error) {
        thrown = is_cancellation(std::current_exception()) ? std::string() : error.what();
    }
    co_await whole;
    if (!answers && answers.error().kind == ErrorKind::cancelled) {
        answers = fail(ErrorKind::timeout, {"outside.cut_off", {}});
    }
    if (!thrown.empty()) {
        stop(LogLevel::error, fmt::format("of a fault of the program: {}", thrown));
        answers = fail(fault_of_program());
    }
    co_return answers;
}

Task<void> Asking::keep(const Question& question, std::string subject, Result<std::string> answer, Time asked_at) {
    if (answer) {
        const Result<void> verified = verify(source_, question, *answer, asked_at);
        if (!verified) {
            answer = fail(verified.error());
        }
    }
    KeptAnswer kept{.source = std::string(source_.name()),
                    .question = std::string(question.name),
                    .subject = std::move(subject),
                    .asked_at = asked_at,
                    .answered_at = asked_at,
                    .answer = {},
                    .failure = {}};
    left_ -= question.of_node ? 1 : 0;
    if (answer) {
        ++answered_;
        kept.answer = std::move(*answer);
    } else {
        ++failed_;
        note_failure(answer.error());
        kept.failure = failure_text(answer.error());
        const Result<std::vector<KeptAnswer>> before = co_await store_.answers(kept.subject);
        if (!before) {
            stop_for_store(before.error());
            co_return;
        }
        const KeptAnswer* last = find_kept(*before, source_, question);
        kept.answered_at = last != nullptr ? last->answered_at : Time{};
        kept.answer = last != nullptr ? last->answer : std::string();
    }
    const bool is_of_a_day = question.keeps_days && answer.has_value();
    const Result<void> written = co_await store_.keep_answer(std::move(kept), is_of_a_day);
    if (!written) {
        stop_for_store(written.error());
    }
}

bool Asking::goes_on() {
    if (halt_.is_asked) {
        stop(LogLevel::info, "the service stops");
    } else if (is_over_) {
        stop(LogLevel::warning, "the time for it is over");
    }
    return stopped_.empty();
}

void Asking::note_failure(const Error& error) {
    failure_ = in_english(error);
    level_ = std::max(level_, LogLevel::warning); // it is tried again in the next run
}

void Asking::stop(LogLevel level, std::string_view why) {
    if (stopped_.empty()) {
        stopped_ = why;
        level_ = std::max(level_, level);
    }
}

void Asking::stop_for_store(const Error& error) {
    failure_ = in_english(error);
    stop(LogLevel::error, "the store failed");
}

void Asking::tell() {
    if (requests_ == 0 && left_ == 0 && stopped_.empty()) {
        return;
    }
    std::string text = fmt::format("{}: {} requests; {} answers, {} failures, {} left for the next run", source_.name(),
                                   requests_, answered_, failed_, left_);
    if (!stopped_.empty()) {
        text += fmt::format("; stopped, because {}", stopped_);
    }
    if (!failure_.empty()) {
        text += fmt::format("; last failure: {}", failure_);
    }
    const bool is_dead = wanted_.is_patient && requests_ > 0 && answered_ == 0;
    env_.log.write(is_dead ? LogLevel::error : level_, "sources", text);
}

} // namespace mcp::flow
