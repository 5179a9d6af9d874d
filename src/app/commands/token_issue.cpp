#include "adapters/security/jwt_issuer.hpp"
#include "app/commands/read_settings.hpp"
#include "app/commands/token.hpp"
#include "domain/user.hpp"

namespace mcp::app {
namespace {

constexpr std::int64_t kDaysMax = 3650;

Result<std::chrono::seconds> lifetime_of(const TokenIssueOptions& options) {
    if (options.days && options.hours) {
        return fail(ErrorKind::invalid_input, {"usage.days_and_hours", {}});
    }
    const bool by_hours = options.hours.has_value();
    const std::int64_t given = by_hours ? *options.hours : options.days.value_or(1);
    const std::int64_t max = by_hours ? kDaysMax * 24 : kDaysMax;
    if (given < 1 || given > max) {
        return fail(ErrorKind::invalid_input, {"usage.out_of_range",
                                               {{"option", std::string(by_hours ? "--hours" : "--days")},
                                                {"given", given},
                                                {"min", std::int64_t{1}},
                                                {"max", max}}});
    }
    return by_hours ? std::chrono::seconds{std::chrono::hours{given}} : std::chrono::seconds{std::chrono::days{given}};
}

std::optional<Message> wrong_id(const char* option, const std::string& id) {
    if (domain::is_valid_id(id)) {
        return std::nullopt;
    }
    return Message{"usage.bad_id",
                   {{"option", std::string(option)}, {"limit", static_cast<std::int64_t>(domain::kIdBytesMax)}}};
}

std::optional<Message> wrong_ids(const TokenIssueOptions& options) {
    if (options.user.empty()) {
        return Message{"usage.no_user", {}};
    }
    if (std::optional<Message> wrong = wrong_id("--user", options.user)) {
        return wrong;
    }
    return options.tenant.empty() ? std::nullopt : wrong_id("--tenant", options.tenant);
}

} // namespace

int token_issue(const TokenIssueOptions& options, Io& io, const ConfigWorld& world) {
    if (const std::optional<Message> wrong = wrong_ids(options)) {
        return refuse_call(io, *wrong);
    }
    const Result<std::chrono::seconds> lifetime = lifetime_of(options);
    if (!lifetime) {
        return refuse_call(io, lifetime.error().what);
    }
    const std::optional<LoadedSettings> loaded = read_settings(options.env_file, world, io);
    if (!loaded) {
        return ExitStatus::kWorldFailed;
    }
    const Settings& settings = loaded->settings;
    if (settings.jwt_secret.empty()) {
        return report_failure(io, {.kind = ErrorKind::invalid_input,
                                   .what = settings.jwt_keys_file.empty() ? Message{"config.no_token_key", {}}
                                                                          : Message{"token.no_secret", {}}});
    }
    const adapters::TokenClaims claims{.user_id = options.user,
                                       .tenant_id = options.tenant,
                                       .is_admin = options.admin,
                                       .issuer = settings.jwt_issuer,
                                       .audience = settings.jwt_audience};
    const Time now = io.clock.now();
    const Result<std::string> token = adapters::issue_token(settings.jwt_secret, claims, *lifetime, now);
    if (!token) {
        return report_failure(io, token.error());
    }
    show_progress(io, {"token.issued", {{"user", options.user}, {"time", now + *lifetime}}});
    return deliver(io, *token + "\n");
}

} // namespace mcp::app
