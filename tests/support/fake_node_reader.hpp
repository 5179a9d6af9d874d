#pragma once
#include "ports/own_node.hpp"
#include "ports/secrets.hpp"
#include "tests/support/virtual_time.hpp"

#include <fmt/format.h>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mcp::test {

/// Seals by writing "sealed for USER: SECRET", which is no secret at all; opens only what it sealed for that user.
class FakeVault final : public ports::Vault {
public:
    [[nodiscard]] Result<std::string> seal(std::string_view user_id, const ports::NodeSecret& secret) const override {
        return fmt::format("{}{}", mark(user_id), secret.secret);
    }
    [[nodiscard]] Result<ports::NodeSecret> open(std::string_view user_id, std::string_view sealed) const override {
        const std::string begin = mark(user_id);
        if (is_locked || sealed.substr(0, begin.size()) != begin) {
            return fail(ErrorKind::unavailable, {"outside.fault", {}});
        }
        return ports::NodeSecret{.secret = std::string(sealed.substr(begin.size())), .certificate = {}};
    }
    [[nodiscard]] bool is_outdated(std::string_view) const override { return false; }

    bool is_locked = false; ///< the key is not configured

private:
    static std::string mark(std::string_view user_id) { return fmt::format("sealed for {}: ", user_id); }
};

/// Nodes as a test would have them, found by their URL: each answers in its time, and what it was asked is kept.
class FakeNodeReader final : public ports::NodeReader {
public:
    struct Request {
        Time at;
        std::string url;
        std::string secret;
        Day day;
        std::vector<Day> known;
    };

    explicit FakeNodeReader(VirtualTime& time) : time_(time) {}

    [[nodiscard]] Result<std::string> check_url(std::string_view url) const override { return std::string(url); }

    [[nodiscard]] Task<Result<domain::OwnNode>>
    read(ports::NodeAccess access, Day day, std::vector<domain::NodeDayFlow> known, Timer::Span time_max) override {
        Request request{time_.now(), access.url, access.secret, day, {}};
        for (const domain::NodeDayFlow& flow : known) {
            request.known.push_back(flow.day);
        }
        reads.push_back(request);
        most_at_once = std::max(most_at_once, ++at_once_);
        const AtOnce one(at_once_);
        const bool came = co_await passes(access.url, time_max);
        if (!came) {
            co_return fail(ErrorKind::timeout, {"live.no_time", {}});
        }
        if (const std::optional<Error> error = fault ? fault(access.url) : std::nullopt) {
            co_return fail(*error);
        }
        Result<domain::OwnNode> node = tell(request);
        if (node) {
            node->read_at = time_.now();
            take_over(known, *node);
        }
        co_return node;
    }

    [[nodiscard]] Task<Result<ports::NodeTrial>> try_out(ports::NodeAccess, Timer::Span) override {
        co_return fail(ErrorKind::internal, {"outside.fault", {}});
    }

    [[nodiscard]] Task<Result<void>> knock(ports::NodeAccess access, Timer::Span time_max) override {
        knocks.push_back({time_.now(), access.url, access.secret, {}, {}});
        most_at_once = std::max(most_at_once, ++at_once_);
        const AtOnce one(at_once_);
        const bool came = co_await passes(access.url, time_max);
        if (!came) {
            co_return fail(ErrorKind::timeout, {"live.no_time", {}});
        }
        if (const std::optional<Error> error = fault ? fault(access.url) : std::nullopt) {
            co_return fail(*error);
        }
        co_return Result<void>();
    }

    [[nodiscard]] int times_read(const std::string& url) const {
        return static_cast<int>(
            std::count_if(reads.begin(), reads.end(), [&](const Request& one) { return one.url == url; }));
    }

    std::function<Result<domain::OwnNode>(const Request&)> tell;       ///< what the node says; must be set
    std::function<std::optional<Error>(const std::string& url)> fault; ///< instead, also of a knock
    std::function<Timer::Span(const std::string& url)> takes;          ///< else a second; as long as it likes
    std::vector<Request> reads;
    std::vector<Request> knocks;
    int most_at_once = 0;

private:
    struct AtOnce {
        explicit AtOnce(int& of) : count(of) {}
        ~AtOnce() { --count; }
        AtOnce(const AtOnce&) = delete;
        AtOnce& operator=(const AtOnce&) = delete;
        int& count;
    };

    /// Lets the node's time pass. @return false when that was more than it may take
    Task<bool> passes(std::string url, Timer::Span time_max) {
        const Timer::Span span = takes ? takes(url) : Timer::Span(std::chrono::seconds{1});
        const Timer::Span waited = std::min(span, time_max);
        co_await time_.timer().wait(waited);
        co_return span <= time_max;
    }

    /// Days that are known are not asked for again: as they were told before, so they are told now.
    static void take_over(const std::vector<domain::NodeDayFlow>& known, domain::OwnNode& node) {
        for (domain::NodeDayFlow& flow : node.days) {
            for (const domain::NodeDayFlow& before : known) {
                if (before.day == flow.day) {
                    flow = before;
                }
            }
        }
    }

    VirtualTime& time_;
    int at_once_ = 0;
};

} // namespace mcp::test
