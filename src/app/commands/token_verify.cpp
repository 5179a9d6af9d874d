#include "app/commands/format.hpp"
#include "app/commands/given_token.hpp"
#include "app/commands/read_settings.hpp"
#include "app/commands/token.hpp"
#include "app/config/token_keys.hpp"
#include "base/json_text.hpp"

#include <array>
#include <boost/json.hpp>

namespace mcp::app {
namespace {

using language::render;

std::string yes_or_no(bool yes, language::Language language) {
    return render(yes ? Message{"token.yes", {}} : Message{"token.no", {}}, language);
}

std::string as_text(const ports::Caller& caller, language::Language language) {
    return render(Message{"token.caller",
                          {{"user", caller.user_id},
                           {"tenant", caller.tenant_id},
                           {"admin", yes_or_no(caller.is_admin, language)}}},
                  language) +
           "\n";
}

std::string as_json(const ports::Caller& caller) {
    return json_text(boost::json::object{
        {"user_id", caller.user_id}, {"tenant_id", caller.tenant_id}, {"is_admin", caller.is_admin}});
}

} // namespace

int token_verify(const TokenVerifyOptions& options, Io& io, const ConfigWorld& world) {
    const Result<Format> format = parse_format(options.format, std::array{Format::text, Format::json});
    if (!format) {
        return refuse_call(io, format.error().what);
    }
    if (options.token.empty()) {
        return refuse_call(io, {"usage.no_token", {}});
    }
    const std::optional<LoadedSettings> loaded = read_settings(options.env_file, world, io);
    if (!loaded) {
        return ExitStatus::kWorldFailed;
    }
    const auto verifier = make_token_verifier(loaded->settings);
    if (!verifier) {
        return report_failure(io, verifier.error());
    }
    const Result<std::string> token = given_token(options.token, world);
    const Result<ports::Caller> caller = token ? (*verifier)->verify(*token, io.clock.now()) : fail(token.error());
    if (!caller) {
        return report_failure(io, caller.error());
    }
    return deliver(io, *format == Format::json ? as_json(*caller) : as_text(*caller, io.language));
}

} // namespace mcp::app
