#pragma once
#include "base/clock.hpp"
#include "base/error.hpp"
#include "domain/pub_key.hpp"

#include <chrono>
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace mcp::adapters::sqlite {

class Connection;

struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const;
};
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

/// A statement under way, reset when it goes. Texts are bound with their length, so that no byte in them ends them, and
/// without a copy: they must outlive this.
class Rows {
public:
    Rows(Connection& connection, sqlite3_stmt* statement) : connection_(&connection), statement_(statement) {}
    ~Rows();
    Rows(Rows&& other) noexcept;
    Rows& operator=(Rows&&) = delete;

    /// Binds the next parameter.
    template <typename T>
    void bind(const T& value);

    /// Goes to the next row. @return false at the end, and after a fault of the connection
    bool next();

    // The columns of the row, one after the other.
    [[nodiscard]] std::int64_t integer();
    [[nodiscard]] bool boolean() { return integer() != 0; }
    [[nodiscard]] double real();
    [[nodiscard]] std::string text();
    [[nodiscard]] Time time() { return Time(std::chrono::seconds(integer())); }
    [[nodiscard]] std::optional<Time> maybe_time();
    [[nodiscard]] Day day() { return Day(std::chrono::days(integer())); }
    [[nodiscard]] std::optional<domain::PubKey> maybe_key();
    [[nodiscard]] domain::PubKey key() { return maybe_key().value_or(domain::PubKey{}); }

private:
    void bind_null();
    void bind_integer(std::int64_t value);
    void bind_real(double value);
    void bind_text(std::string_view value);
    void bind_bytes(const void* bytes, std::size_t size);
    void check(int code);

    Connection* connection_;
    sqlite3_stmt* statement_; ///< nullptr after a fault
    int parameters_ = 0;      ///< bound so far
    int column_ = 0;
};

enum class Access { read_write, read_only };

/// One connection to a database file, used by one thread at a time. Its first fault sticks: until take_fault() every
/// statement does nothing and has no rows, so that a piece of work is written without a check at each step.
class Connection {
public:
    /// @pre the file exists
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const std::string& file, Access access);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// A query, compiled once for each text. @param sql a literal
    template <typename... Values>
    [[nodiscard]] Rows rows(std::string_view sql, const Values&... values) {
        Rows rows(*this, statement(sql));
        (rows.bind(values), ...);
        return rows;
    }

    /// Does something that has no rows to tell. @return how many rows it changed; 0 after a fault
    template <typename... Values>
    std::int64_t change(std::string_view sql, const Values&... values) {
        Rows rows(*this, statement(sql));
        (rows.bind(values), ...);
        while (rows.next()) {}
        return is_faulty() ? 0 : changed();
    }

    /// The first column of the first row.
    template <typename... Values>
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view sql, const Values&... values) {
        Rows found = rows(sql, values...);
        return found.next() ? std::optional(found.integer()) : std::nullopt;
    }

    /// Several statements at once, not kept compiled: pragmas and migrations.
    void script(const std::string& sql);

    [[nodiscard]] bool is_faulty() const { return fault_.has_value(); }
    /// How the work since the last call went; the connection can be used again.
    [[nodiscard]] Result<void> take_fault();
    /// Whether a transaction is open: SQLite itself rolls back when the disk is full.
    [[nodiscard]] bool is_in_transaction() const;
    [[nodiscard]] const std::string& file() const { return file_; }
    [[nodiscard]] sqlite3* handle() { return database_; }
    /// How long a statement waits for the locks of others. At first 5 s.
    void set_patience(std::chrono::milliseconds patience);
    [[nodiscard]] std::chrono::milliseconds patience() const { return patience_; }
    void note_fault(int code); ///< of a call to SQLite itself, by its result

private:
    Connection(sqlite3* database, std::string file) : database_(database), file_(std::move(file)) {}
    [[nodiscard]] sqlite3_stmt* statement(std::string_view sql);
    [[nodiscard]] std::int64_t changed() const;

    sqlite3* database_;
    std::string file_;
    std::unordered_map<std::string_view, Statement> statements_;
    std::optional<Error> fault_;
    std::chrono::milliseconds patience_{};
};

template <typename T>
void Rows::bind(const T& value) {
    if constexpr (std::same_as<T, bool> || std::integral<T>) {
        bind_integer(static_cast<std::int64_t>(value));
    } else if constexpr (std::floating_point<T>) {
        bind_real(value);
    } else if constexpr (std::same_as<T, Time> || std::same_as<T, Day>) {
        bind_integer(value.time_since_epoch().count());
    } else if constexpr (std::same_as<T, domain::PubKey>) {
        bind_bytes(value.bytes.data(), value.bytes.size());
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
        bind_text(value);
    } else if (value) {
        bind(*value);
    } else {
        bind_null();
    }
}

} // namespace mcp::adapters::sqlite
