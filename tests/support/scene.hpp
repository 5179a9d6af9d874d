#pragma once
#include "analysis/alerts/all.hpp"
#include "analysis/compose.hpp"
#include "analysis/node_day.hpp"
#include "analysis/rule_input.hpp"
#include "language/language.hpp"
#include "tests/support/network_builder.hpp"

#include <memory>

/// Planted truth for the rules and figures of a report: small networks around the node "us", and what is said of it.
namespace mcp::test {

using std::chrono::days;
using std::chrono::hours;

// ---- networks ----

/// "us" with a channel of 1,000,000 sat to each of "alice", "bob", "carol" and "dave", who are joined in a ring: no
/// rule has anything to say of it. Payments of 500,000 sat pass through us from alice to carol and from bob to dave,
/// and back, each time one of three equally cheap ways.
inline NetworkBuilder quiet_node() {
    NetworkBuilder builder;
    for (const char* peer : {"alice", "bob", "carol", "dave"}) {
        builder.channel("us", peer, 1'000'000);
    }
    return builder.channel("alice", "bob", 1'000'000)
        .channel("bob", "carol", 1'000'000)
        .channel("carol", "dave", 1'000'000)
        .channel("dave", "alice", 1'000'000, {}, {}, 0);
}

/// Five rivals lead to `peer`, with 1,000,000 sat each, at one to five times `cheapest_ppm`.
inline NetworkBuilder& add_market(NetworkBuilder& builder, const std::string& peer, std::int64_t cheapest_ppm = 100) {
    for (int i = 1; i <= 5; ++i) {
        builder.channel(fmt::format("rival {}", i), peer, 1'000'000, {.ppm = i * cheapest_ppm});
    }
    return builder;
}

/// "us" with 1,000,000 sat each to "alice", to whom five rivals lead, and to "bob", to whom too few do.
inline NetworkBuilder market_of_alice(End of_us, std::int64_t cheapest_ppm = 100) {
    NetworkBuilder builder;
    builder.channel("us", "alice", 1'000'000, of_us).channel("us", "bob", 1'000'000);
    return add_market(builder, "alice", cheapest_ppm).channel("rival 1", "bob", 1'000'000, {}, {}, 0);
}

/// A network that does not know "us".
inline NetworkBuilder strangers() {
    return NetworkBuilder().keys_from(1000).channel("stranger 1", "stranger 2", 1'000'000);
}

// ---- what the rules look at ----

inline std::unique_ptr<analysis::DayFacts> facts_of(domain::Network network) {
    const Day date = std::chrono::floor<days>(network.as_of.value_or(kNoon));
    analysis::DayBetweenness betweenness = analysis::compute_betweenness(network, 1);
    return std::make_unique<analysis::DayFacts>(std::move(network), date, std::move(betweenness));
}

/// One day's graph, and the node "us" in it.
struct DayOfUs {
    std::unique_ptr<analysis::DayFacts> facts;
    analysis::NodeDay us;

    explicit DayOfUs(domain::Network network)
        : facts(facts_of(std::move(network))), us(*facts, node_named(facts->network, "us")) {}

    [[nodiscard]] const analysis::NodeView& view() const { return us.view; }
    /// Its channel with that peer.
    [[nodiscard]] const analysis::OwnChannel& with(const std::string& peer) const {
        for (const analysis::OwnChannel& channel : us.view.channels()) {
            if (us.view.peer(channel.peer).alias == peer) {
                return channel;
            }
        }
        throw std::logic_error("no channel with " + peer);
    }
};

/// The input of the rules: today, and the days before that are given.
class Scene {
public:
    explicit Scene(domain::Network today)
        : today_(std::move(today)), health_(analysis::graph_health(*today_.facts, nullptr)) {}

    Scene& after(domain::Network yesterday) {
        yesterday_.emplace(std::move(yesterday));
        health_ = analysis::graph_health(*today_.facts, yesterday_->facts.get());
        return *this;
    }
    Scene& a_week_after(domain::Network week_ago) {
        week_ago_.emplace(std::move(week_ago));
        return *this;
    }
    Scene& with(analysis::OpenAdvice advice) {
        advice_ = std::move(advice);
        return *this;
    }
    /// @param surroundings must outlive this
    Scene& beside(const analysis::Surroundings& surroundings) {
        surroundings_ = &surroundings;
        return *this;
    }
    Scene& by(analysis::Thresholds thresholds) {
        thresholds_ = thresholds;
        return *this;
    }

    /// What the node itself told for today, and a day and a week before.
    Scene& told(domain::OwnNode node, std::optional<domain::OwnNode> yesterday = {},
                std::optional<domain::OwnNode> week_ago = {}) {
        const auto keep = [&](std::optional<domain::OwnNode> one) -> const domain::OwnNode* {
            return one ? told_.emplace_back(std::make_unique<domain::OwnNode>(std::move(*one))).get() : nullptr;
        };
        const domain::OwnNode* of_today = keep(std::move(node));
        const domain::OwnNode* of_yesterday = keep(std::move(yesterday));
        today_.us.tell(*of_today, of_yesterday, keep(std::move(week_ago)));
        return *this;
    }

    [[nodiscard]] const DayOfUs& today() const { return today_; }
    [[nodiscard]] analysis::RuleInput input() const {
        return {.today = today_.us,
                .yesterday = yesterday_ ? &yesterday_->us : nullptr,
                .week_ago = week_ago_ ? &week_ago_->us : nullptr,
                .open_advice = advice_ ? &*advice_ : nullptr,
                .health = health_,
                .thresholds = thresholds_,
                .surroundings = surroundings_};
    }

private:
    DayOfUs today_;
    analysis::GraphHealth health_;
    analysis::Thresholds thresholds_;
    std::optional<DayOfUs> yesterday_;
    std::optional<DayOfUs> week_ago_;
    std::optional<analysis::OpenAdvice> advice_;
    std::vector<std::unique_ptr<domain::OwnNode>> told_;
    const analysis::Surroundings* surroundings_ = nullptr;
};

/// The input of a whole report on "us": one graph a day, oldest first, the last one today's.
class History {
public:
    explicit History(std::vector<domain::Network> networks) {
        for (domain::Network& network : networks) {
            facts_.push_back(facts_of(std::move(network)));
            earlier_.push_back(facts_.back().get());
        }
        earlier_.pop_back();
    }

    [[nodiscard]] const analysis::DayFacts& today() const { return *facts_.back(); }
    [[nodiscard]] analysis::ComposeInput input() const {
        return {.today = today(),
                .history = earlier_,
                .node = node_named(today().network, "us"),
                .thresholds = {},
                .report_id = "report",
                .user_id = "user",
                .tenant_id = "tenant",
                .generated_at = kNoon + hours{1}};
    }

private:
    std::vector<std::unique_ptr<analysis::DayFacts>> facts_;
    std::vector<const analysis::DayFacts*> earlier_;
};

// ---- what is said ----

/// The sentence in English, with plain spaces where a line must not break.
inline std::string english(const Message& message) {
    constexpr std::string_view kNoBreakSpace = "\u00A0";
    std::string text = language::render(message, language::Language::en);
    for (std::size_t at = text.find(kNoBreakSpace); at != std::string::npos; at = text.find(kNoBreakSpace)) {
        text.replace(at, kNoBreakSpace.size(), " ");
    }
    return text;
}

/// Why the figure is missing; "it is there" when it is not.
template <typename T>
std::string why(const domain::Figure<T>& figure) {
    return figure ? "it is there" : english(figure.absence().reason);
}

/// The reason of what only the node itself knows.
inline std::string needs_node() {
    return english(Message{"absent.needs_node", {}});
}

inline std::string name_of(domain::Severity severity) {
    constexpr const char* kNames[] = {"critical", "warning", "info"};
    return kNames[static_cast<int>(severity)];
}

/// Three lines: "critical, to act on" (or "..., event"), title, description; "nothing" for none.
inline std::string said(const std::optional<analysis::Finding>& finding) {
    if (!finding) {
        return "nothing";
    }
    return name_of(finding->severity) + (finding->requires_action ? ", to act on" : "") +
           (finding->is_event ? ", event" : "") + "\n" + english(finding->title) + "\n" + english(finding->description);
}

/// Lines: "high channels 10.0", title, description, action, command for LND, for Core Lightning, channels; "nothing"
/// for none.
inline std::string said(const std::optional<domain::Recommendation>& advice) {
    if (!advice) {
        return "nothing";
    }
    constexpr const char* kPriorities[] = {"high", "medium", "low"};
    constexpr const char* kCategories[] = {"liquidity", "fees", "channels", "performance"};
    std::string text = fmt::format(
        "{} {} {:.1f}\n{}\n{}\n{}\n{}\n{}\n", kPriorities[static_cast<int>(advice->priority)],
        kCategories[static_cast<int>(advice->category)], advice->impact_score, english(advice->title),
        english(advice->description), english(advice->suggested_action), advice->command_lnd, advice->command_cln);
    for (const std::string& id : advice->channels_affected) {
        text += (text.back() == '\n' ? "" : " ") + id;
    }
    return text;
}

} // namespace mcp::test
