#pragma once
#include "async/env.hpp"
#include "ports/own_node.hpp"
#include "ports/secrets.hpp"
#include "ports/store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mcp::flow {

/// A day is told completely by who read it so long after its midnight: what was under way then has come to its end.
inline constexpr std::chrono::minutes kDaySettles{10};
/// A node that was read for the day so lately is not asked again: longer than the lead of a scheduled run.
inline constexpr std::chrono::minutes kReadingFresh{40};
/// What a node gets to tell all. Slower ones are given up.
inline constexpr std::chrono::seconds kReadingMost{60};

enum class VisitEnd {
    read,
    fresh,  ///< it was read for that day already
    failed, ///< noted with the link, and in the log
    dropped ///< the link is gone or another one by now: nobody wants it any more
};

/// Reads one user's own node and keeps what it tells. Stateless but for what it stands on: one for all nodes.
class NodeVisit {
public:
    NodeVisit(Env& env, ports::Store& store, ports::NodeReader& reader, const ports::Vault& vault)
        : env_(env), store_(store), reader_(reader), vault_(vault) {}

    /// @param day D of the reports that it is for
    Task<VisitEnd> visit(domain::NodeLink link, Day day);

private:
    /// Why nothing came of it, and what the metrics call that.
    struct Fault {
        std::string_view outcome;
        Error error;
        bool is_gone = false;
    };
    template <typename T>
    using Try = tl::expected<T, Fault>;

    Task<Try<VisitEnd>> try_once(domain::NodeLink link, Day day);
    Task<Try<bool>> is_fresh(domain::NodeLink link, Day day);
    Task<Try<domain::PubKey>> profile_node(std::string user_id);
    Task<Try<std::vector<domain::NodeDayFlow>>> known_days(domain::NodeLink link, domain::PubKey node, Day day);
    Task<Try<domain::OwnNode>> read(domain::NodeLink link, domain::PubKey expected, Day day);
    Task<Try<void>> keep(domain::NodeLink link, domain::OwnNode node);
    Task<bool> is_still(domain::NodeLink link);
    Task<void> note(domain::NodeLink link, std::string failure);
    void tell(const domain::NodeLink& link, const Fault& fault);

    /// Asks the store again where it failed for a moment.
    template <typename Ask>
    auto patiently(Ask ask) -> decltype(ask());

    Env& env_;
    ports::Store& store_;
    ports::NodeReader& reader_;
    const ports::Vault& vault_;
};

/// Where a node is, as logs may tell it: of "https://node.example:8080/x" "node.example:8080", never a secret.
[[nodiscard]] std::string host_of(std::string_view url);

/// The days of a kept statement that need not be asked for again for the reports of `day`: those that were over when it
/// was read, and of which nothing is missing.
[[nodiscard]] std::vector<domain::NodeDayFlow> complete_days(const domain::OwnNode& told, Day day);

} // namespace mcp::flow
