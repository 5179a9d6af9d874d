#pragma once
#include "async/env.hpp"
#include "domain/user.hpp"
#include "flow/schedule.hpp"
#include "ports/assets.hpp"
#include "ports/store.hpp"
#include "ports/tokens.hpp"

#include <cstdint>
#include <optional>

namespace mcp::flow {

/// What a user may change of their profile; what is not given stays as it is.
struct ProfileChange {
    std::optional<std::optional<domain::PubKey>> node; ///< nothing inside: the node is taken out of the profile
    std::optional<domain::Language> language;
};

struct PutProfile {
    domain::User user;
    bool created = false;
};

struct DailyReportStatus {
    bool enabled = false;
    std::optional<Time> last_report; ///< when the newest completed one was made
    std::int64_t total_reports = 0;  ///< completed ones that are kept
    std::optional<Time> next_report; ///< nothing while it is not enabled, or the scheduler is off
};

/// What callers may do with their own profile. A caller of another tenant than the profile's finds nothing.
class Accounts {
public:
    struct Needs {
        Env& env;
        ports::Store& store;
        ports::Assets& assets;
        const Schedule& schedule;
        domain::Language default_language; ///< of new profiles
    };

    explicit Accounts(const Needs& needs) : needs_(needs) {}

    /// @return not_found without a profile
    Task<Result<domain::User>> profile(ports::Caller caller);
    /// Makes the profile or changes it. Another node is an unverified one; without a node there is no daily report.
    /// @return conflict when another user has that node
    Task<Result<PutProfile>> put(ports::Caller caller, ProfileChange change);
    /// Removes the profile and all that is kept of the user, the RAG assets too.
    Task<Result<void>> remove(ports::Caller caller);

    /// @return when the next report comes, nothing while the scheduler is off; invalid_input without a node
    Task<Result<std::optional<Time>>> enable(ports::Caller caller);
    Task<Result<void>> disable(ports::Caller caller);
    Task<Result<DailyReportStatus>> status(ports::Caller caller);

private:
    Task<Result<PutProfile>> put_language(domain::User user, ProfileChange change);
    [[nodiscard]] domain::User changed(domain::User user, const ProfileChange& change, Time now) const;
    [[nodiscard]] std::optional<Time> next_report() const;
    Task<Result<void>> remove_assets(std::string user_id);

    Needs needs_;
};

} // namespace mcp::flow
