#include "flow/node/statement_reader.hpp"

#include "base/iso_time.hpp"
#include "base/text.hpp"
#include "flow/outside/failure.hpp"

#include <fmt/format.h>

namespace mcp::flow {
namespace {

constexpr std::size_t kCellsMax = 8;
constexpr std::int64_t kSecondsMax = domain::kNodeWatchedMax.count();
constexpr std::int64_t kTimeMin = domain::kNodeTimeMin.time_since_epoch().count();
constexpr std::int64_t kTimeMax = domain::kNodeTimeMax.time_since_epoch().count();
constexpr std::size_t kDigitsOfTxid = 64;

bool is_txid(std::string_view text) {
    return text.size() == kDigitsOfTxid && text.find_first_not_of("0123456789abcdef") == text.npos;
}

bool is_outpoint(std::string_view text) {
    const std::string_view index = text.size() > kDigitsOfTxid ? text.substr(kDigitsOfTxid) : std::string_view();
    const bool is_number = index.size() >= 2 && index.size() <= 11 && index[0] == ':' &&
                           index.find_first_not_of("0123456789", 1) == index.npos;
    return is_number && is_txid(text.substr(0, kDigitsOfTxid));
}

} // namespace

json::Cursor StatementReader::next(std::string_view name) {
    if (!cells_) {
        return here_.at(name);
    }
    const std::size_t cell = cell_++;
    return cell < cells_->size() ? (*cells_)[cell] : json::Cursor(nullptr, fmt::format("{}[{}]", row_, cell));
}

void StatementReader::begin_row(const json::Cursor& row) {
    Result<std::vector<json::Cursor>> cells = row.items();
    if (!cells || cells->size() > kCellsMax) {
        note(cells ? unlikely(row) : cells.error());
        cells = std::vector<json::Cursor>();
    }
    cells_ = std::move(*cells);
    row_ = row.path();
    cell_ = 0;
}

void StatementReader::end_row(const json::Cursor& row) {
    if (cell_ != cells_->size()) {
        note(unlikely(row));
    }
    cells_.reset();
}

std::vector<json::Cursor> StatementReader::items(std::string_view name, std::size_t most) {
    const json::Cursor list = here_.at(name);
    if (fault_) {
        return {};
    }
    if (list.count() > most) {
        note({.kind = ErrorKind::invalid_input,
              .what = {"statement.too_many", {{"path", list.path()}, {"most", static_cast<std::int64_t>(most)}}}});
        return {};
    }
    Result<std::vector<json::Cursor>> all = list.items();
    if (!all) {
        note(all.error());
        return {};
    }
    return std::move(*all);
}

std::int64_t StatementReader::whole_within(std::string_view name, std::int64_t least, std::int64_t most) {
    const json::Cursor value = next(name);
    const Result<std::int64_t> told = value.as_i64();
    if (!told) {
        note(told.error());
        return least;
    }
    if (*told < least || *told > most) {
        note(unlikely(value));
        return least;
    }
    return *told;
}

std::string_view StatementReader::text_of(const json::Cursor& value) {
    const Result<std::string_view> told = value.as_string();
    if (!told) {
        note(told.error());
    }
    return told.value_or(std::string_view());
}

void StatementReader::seconds(std::string_view name, std::chrono::seconds& value) {
    value = std::chrono::seconds{whole_within(name, 0, kSecondsMax)};
}

void StatementReader::time(std::string_view name, Time& value) {
    value = Time{std::chrono::seconds{whole_within(name, kTimeMin, kTimeMax)}};
}

void StatementReader::day(std::string_view name, Day& value) {
    const json::Cursor told = next(name);
    const std::string_view text = text_of(told);
    const std::optional<Time> midnight = parse_iso_time(fmt::format("{}T00:00:00Z", text));
    if (!midnight || midnight->time_since_epoch().count() < kTimeMin ||
        midnight->time_since_epoch().count() > kTimeMax) {
        note(unlikely(told));
        return;
    }
    value = std::chrono::floor<std::chrono::days>(*midnight);
}

void StatementReader::flag(std::string_view name, bool& value) {
    const Result<bool> told = next(name).as_bool();
    if (!told) {
        note(told.error());
        return;
    }
    value = *told;
}

void StatementReader::text(std::string_view name, std::string& value, std::size_t bytes_max) {
    const json::Cursor told = next(name);
    const std::string_view text = text_of(told);
    value = text.size() <= bytes_max ? clean_text(text).text : std::string();
    if (text.size() > bytes_max) {
        note(unlikely(told));
    }
}

void StatementReader::outpoint(std::string_view name, std::string& value) {
    const json::Cursor told = next(name);
    value = text_of(told);
    if (!value.empty() && !is_outpoint(value)) {
        note(unlikely(told));
    }
}

void StatementReader::txid(std::string_view name, std::string& value) {
    const json::Cursor told = next(name);
    value = text_of(told);
    if (!value.empty() && !is_txid(value)) {
        note(unlikely(told));
    }
}

void StatementReader::key(std::string_view name, domain::PubKey& value) {
    const json::Cursor told = next(name);
    const std::optional<domain::PubKey> key = domain::PubKey::parse(text_of(told));
    if (!key) {
        note(unlikely(told));
        return;
    }
    value = *key;
}

void StatementReader::channel_id(std::string_view name, domain::ShortChannelId& value) {
    const json::Cursor told = next(name);
    const std::optional<domain::ShortChannelId> id = domain::ShortChannelId::parse(text_of(told));
    if (!id) {
        note(unlikely(told));
        return;
    }
    value = *id;
}

void StatementReader::error(std::string_view name, Error& value) {
    const json::Cursor told = next(name);
    if (!told.is_object()) {
        note(unlikely(told));
        return;
    }
    value = failure_error(told.text());
}

void StatementReader::note(Error error) {
    if (!fault_) {
        error.kind = ErrorKind::invalid_input;
        fault_ = std::move(error);
    }
}

Error StatementReader::unlikely(const json::Cursor& value) {
    const std::string path = value.path().empty() ? "$" : value.path();
    return {.kind = ErrorKind::invalid_input,
            .what = {value.is_absent() ? "json.missing" : "statement.beyond_belief", {{"path", path}}}};
}

} // namespace mcp::flow
