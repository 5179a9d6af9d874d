#include "app/commands/user.hpp"

#include "adapters/rag/asset_files.hpp"
#include "app/commands/format.hpp"
#include "app/commands/with_store.hpp"
#include "base/iso_time.hpp"
#include "base/json_text.hpp"

#include <array>
#include <boost/json.hpp>

namespace mcp::app {
namespace {

using domain::User;

/// What is shown of one user beside their profile.
struct Kept {
    User user;
    ports::ReportCounts reports;
    std::optional<domain::NodeLink> link;
};

/// The word for it, as the API has it; nothing: it was not shown.
boost::json::value proof_of(const User& user) {
    switch (user.node_proof) {
    case domain::NodeProof::none:
        return nullptr;
    case domain::NodeProof::connection:
        return "connection";
    case domain::NodeProof::signature:
        return "signature";
    }
    return nullptr;
}

std::string_view code(domain::LinkKind kind) {
    switch (kind) {
    case domain::LinkKind::lnd:
        return "lnd";
    case domain::LinkKind::cln:
        return "cln";
    case domain::LinkKind::agent:
        return "agent";
    }
    return {};
}

std::string_view code(domain::Language language) {
    return language::code(language);
}

boost::json::object as_object(const User& user) {
    return {{"user_id", user.id},
            {"tenant_id", user.tenant},
            {"lightning_pubkey", user.node ? boost::json::value(user.node->hex()) : boost::json::value()},
            {"pubkey_verified", user.is_node_verified()},
            {"pubkey_verified_by", proof_of(user)},
            {"language", code(user.language)},
            {"daily_report_enabled", user.daily_report},
            {"created_at", iso_time(user.created_at)},
            {"updated_at", iso_time(user.updated_at)}};
}

/// Without what opens the node.
boost::json::object as_object(const domain::NodeLink& link) {
    const auto time = [](const std::optional<Time>& at) {
        return at ? boost::json::value(iso_time(*at)) : boost::json::value();
    };
    return {{"kind", code(link.kind)},
            {"url", link.url.empty() ? boost::json::value() : boost::json::value(link.url)},
            {"tried_at", time(link.tried_at)},
            {"read_at", time(link.read_at)},
            {"is_failing", !link.failure.empty()}};
}

boost::json::object as_object(const Kept& kept) {
    boost::json::object object = as_object(kept.user);
    const std::optional<Time>& last = kept.reports.last_generated_at;
    object["total_reports"] = kept.reports.completed;
    object["last_report"] = last ? boost::json::value(iso_time(*last)) : boost::json::value();
    object["node_link"] = kept.link ? boost::json::value(as_object(*kept.link)) : boost::json::value();
    return object;
}

/// How the user's node is connected, and how that goes.
Message words_of(const domain::NodeLink& link) {
    const std::string kind(code(link.kind));
    if (!link.failure.empty()) {
        return {"user.link_fails", {{"kind", kind}}};
    }
    return link.read_at ? Message{"user.link", {{"kind", kind}, {"last", *link.read_at}}}
                        : Message{"user.link_unread", {{"kind", kind}}};
}

/// "on   02abcd...  fr  alice (tenant acme)": the id last, because it may hold anything.
std::string line_of(const User& user, language::Language language) {
    const auto word = [&](std::string_view key) { return language::render(Message{key, {}}, language); };
    std::string line = word(user.daily_report ? "user.on" : "user.off") + "  " +
                       (user.node ? user.node->hex() : word("user.no_node")) + "  " + std::string(code(user.language)) +
                       "  " + user.id;
    if (user.tenant != user.id) {
        line += "  " + language::render(Message{"user.of_tenant", {{"tenant", user.tenant}}}, language);
    }
    return line + "\n";
}

Message no_user(const std::string& id) {
    return {"user.unknown", {{"id", id}}};
}

std::optional<Message> wrong_id(const std::string& id) {
    if (id.empty()) {
        return Message{"usage.no_user_id", {}};
    }
    if (!domain::is_valid_id(id)) {
        return Message{"usage.bad_id",
                       {{"option", std::string("ID")}, {"limit", static_cast<std::int64_t>(domain::kIdBytesMax)}}};
    }
    return std::nullopt;
}

/// The user that a call asks for. @return an error when something in it is wrong
Result<User> asked_user(const UserAddOptions& options, Time now) {
    if (std::optional<Message> wrong = wrong_id(options.id)) {
        return fail(ErrorKind::invalid_input, *std::move(wrong));
    }
    if (!options.tenant.empty() && !domain::is_valid_id(options.tenant)) {
        return fail(ErrorKind::invalid_input,
                    {"usage.bad_id",
                     {{"option", std::string("--tenant")}, {"limit", static_cast<std::int64_t>(domain::kIdBytesMax)}}});
    }
    const std::optional<domain::PubKey> node = domain::PubKey::parse(options.node);
    if (!options.node.empty() && !node) {
        return fail(ErrorKind::invalid_input, {"usage.bad_pubkey", {{"given", options.node}}});
    }
    if (options.enable && !node) {
        return fail(ErrorKind::invalid_input, {"usage.enable_needs_node", {}});
    }
    const std::optional<domain::Language> language = language::parse_language(options.language);
    if (!options.language.empty() && options.language != "fr" && options.language != "en") {
        return fail(ErrorKind::invalid_input, {"usage.user_language", {{"given", options.language}}});
    }
    return User{.id = options.id,
                .tenant = options.tenant.empty() ? options.id : options.tenant,
                .node = node,
                .node_proof = domain::NodeProof::none,
                .language = language.value_or(domain::Language::fr),
                .daily_report = options.enable,
                .created_at = now,
                .updated_at = now};
}

Task<int> add(User user, bool has_language, ports::Store& store, const Settings& settings, Io& io) {
    const Result<std::optional<User>> known = co_await store.user(user.id);
    if (!known) {
        co_return report_failure(io, known.error());
    }
    if (*known) {
        co_return report_failure(io, {.kind = ErrorKind::conflict, .what = {"user.taken", {{"id", user.id}}}});
    }
    if (!has_language) {
        user.language = settings.language();
    }
    const Result<void> put = co_await store.put_user(user);
    co_return put ? deliver(io, line_of(user, io.language)) : report_failure(io, put.error());
}

Task<int> list(Format format, ports::Store& store, Io& io) {
    constexpr std::size_t kBatch = 500;
    boost::json::array rows;
    std::string lines;
    std::string after;
    while (true) {
        const Result<std::vector<User>> users = co_await store.users_after(after, kBatch);
        if (!users) {
            co_return report_failure(io, users.error());
        }
        for (const User& user : *users) {
            after = user.id;
            if (format == Format::json) {
                rows.push_back(as_object(user));
            } else {
                lines += line_of(user, io.language);
            }
        }
        if (users->size() < kBatch) {
            break;
        }
    }
    const boost::json::object document{{"users", std::move(rows)}};
    co_return deliver(io, format == Format::json ? json_text(document) : lines);
}

Task<int> show(std::string id, Format format, ports::Store& store, Io& io) {
    const Result<std::optional<User>> user = co_await store.user(id);
    if (!user) {
        co_return report_failure(io, user.error());
    }
    if (!*user) {
        co_return report_failure(io, {.kind = ErrorKind::not_found, .what = no_user(id)});
    }
    const Result<ports::ReportCounts> reports = co_await store.count_reports(id);
    if (!reports) {
        co_return report_failure(io, reports.error());
    }
    const Result<std::optional<domain::NodeLink>> link = co_await store.link(id);
    if (!link) {
        co_return report_failure(io, link.error());
    }
    const Kept kept{.user = **user, .reports = *reports, .link = *link};
    if (format == Format::json) {
        co_return deliver(io, json_text(as_object(kept)));
    }
    const Message counts =
        kept.reports.last_generated_at
            ? Message{"user.reports", {{"count", kept.reports.completed}, {"last", *kept.reports.last_generated_at}}}
            : Message{"user.no_reports", {}};
    std::string text = line_of(kept.user, io.language) + language::render(counts, io.language) + "\n";
    if (!kept.link) {
        co_return deliver(io, text);
    }
    co_return deliver(io, text + language::render(words_of(*kept.link), io.language) + "\n");
}

Task<int> switch_report(std::string id, bool enabled, ports::Store& store, Io& io) {
    const Result<std::optional<User>> user = co_await store.user(id);
    if (!user) {
        co_return report_failure(io, user.error());
    }
    if (!*user) {
        co_return report_failure(io, {.kind = ErrorKind::not_found, .what = no_user(id)});
    }
    if (enabled && !(*user)->node) {
        co_return report_failure(io, {.kind = ErrorKind::invalid_input, .what = {"user.needs_node", {{"id", id}}}});
    }
    const Result<void> done = co_await store.set_daily_report(id, enabled, io.clock.now());
    if (!done) {
        co_return report_failure(io, done.error());
    }
    User after = **user;
    after.daily_report = enabled;
    co_return deliver(io, line_of(after, io.language));
}

Task<int> remove(std::string id, ports::Store& store, const Settings& settings, Io& io) {
    const Result<bool> removed = co_await store.remove_user(id);
    if (!removed) {
        co_return report_failure(io, removed.error());
    }
    if (!*removed) {
        co_return report_failure(io, {.kind = ErrorKind::not_found, .what = no_user(id)});
    }
    adapters::AssetFiles assets(settings.rag_folder);
    const Result<std::int64_t> files = assets.remove(id);
    if (!files) {
        co_return report_failure(io, files.error());
    }
    show_progress(io, {"user.removed", {{"id", id}, {"assets", *files}}});
    co_return ExitStatus::kDone;
}

} // namespace

int user_add(const UserAddOptions& options, Io& io, const ConfigWorld& world) {
    const Result<User> asked = asked_user(options, io.clock.now());
    if (!asked) {
        return refuse_call(io, asked.error().what);
    }
    const bool has_language = !options.language.empty();
    return with_store(options.env_file, world, io, [&](ports::Store& store, const Settings& settings) {
        return add(*asked, has_language, store, settings, io);
    });
}

int user_list(const UserOptions& options, Io& io, const ConfigWorld& world) {
    const Result<Format> format = parse_format(options.format, std::array{Format::text, Format::json});
    if (!format) {
        return refuse_call(io, format.error().what);
    }
    return with_store(options.env_file, world, io,
                      [&](ports::Store& store, const Settings&) { return list(*format, store, io); });
}

int user_show(const UserOptions& options, Io& io, const ConfigWorld& world) {
    const Result<Format> format = parse_format(options.format, std::array{Format::text, Format::json});
    if (!format) {
        return refuse_call(io, format.error().what);
    }
    if (const std::optional<Message> wrong = wrong_id(options.id)) {
        return refuse_call(io, *wrong);
    }
    return with_store(options.env_file, world, io,
                      [&](ports::Store& store, const Settings&) { return show(options.id, *format, store, io); });
}

int user_switch(const UserOptions& options, bool enabled, Io& io, const ConfigWorld& world) {
    if (const std::optional<Message> wrong = wrong_id(options.id)) {
        return refuse_call(io, *wrong);
    }
    return with_store(options.env_file, world, io, [&](ports::Store& store, const Settings&) {
        return switch_report(options.id, enabled, store, io);
    });
}

int user_remove(const UserOptions& options, Io& io, const ConfigWorld& world) {
    if (const std::optional<Message> wrong = wrong_id(options.id)) {
        return refuse_call(io, *wrong);
    }
    return with_store(options.env_file, world, io, [&](ports::Store& store, const Settings& settings) {
        return remove(options.id, store, settings, io);
    });
}

} // namespace mcp::app
