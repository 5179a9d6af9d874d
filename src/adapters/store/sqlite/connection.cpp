#include "adapters/store/sqlite/connection.hpp"

#include "adapters/store/sqlite/faults.hpp"

#include <cstring>
#include <sqlite3.h>
#include <utility>

namespace mcp::adapters::sqlite {
namespace {

constexpr std::chrono::seconds kPatience{5};

/// Why the last read or write of a file failed, 0 when SQLite does not know.
int last_errno(sqlite3* database) {
    int of_log = 0;
    sqlite3_file* log = nullptr;
    if (sqlite3_file_control(database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK && log != nullptr &&
        log->pMethods != nullptr) {
        log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &of_log);
    }
    int of_database = 0;
    sqlite3_file_control(database, "main", SQLITE_FCNTL_LAST_ERRNO, &of_database);
    return of_log != 0 ? of_log : of_database != 0 ? of_database : sqlite3_system_errno(database);
}

bool is_of_the_system(int code) {
    return (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN;
}

} // namespace

void FinalizeStatement::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Rows::~Rows() {
    if (statement_ != nullptr) {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
}

Rows::Rows(Rows&& other) noexcept
    : connection_(other.connection_), statement_(std::exchange(other.statement_, nullptr)),
      parameters_(other.parameters_), column_(other.column_) {}

bool Rows::next() {
    column_ = 0;
    if (statement_ == nullptr || connection_->is_faulty()) {
        return false;
    }
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        connection_->note_fault(code);
    }
    return code == SQLITE_ROW;
}

std::int64_t Rows::integer() {
    return sqlite3_column_int64(statement_, column_++);
}

double Rows::real() {
    return sqlite3_column_double(statement_, column_++);
}

std::string Rows::text() {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column_));
    const int size = sqlite3_column_bytes(statement_, column_++);
    return bytes == nullptr ? std::string() : std::string(bytes, static_cast<std::size_t>(size));
}

std::optional<Time> Rows::maybe_time() {
    if (sqlite3_column_type(statement_, column_) == SQLITE_NULL) {
        ++column_;
        return std::nullopt;
    }
    return time();
}

std::optional<domain::PubKey> Rows::maybe_key() {
    const void* bytes = sqlite3_column_blob(statement_, column_);
    const int size = sqlite3_column_bytes(statement_, column_++);
    domain::PubKey key;
    if (bytes == nullptr || static_cast<std::size_t>(size) != key.bytes.size()) {
        return std::nullopt;
    }
    std::memcpy(key.bytes.data(), bytes, key.bytes.size());
    return key;
}

void Rows::bind_null() {
    check(statement_ == nullptr ? SQLITE_OK : sqlite3_bind_null(statement_, ++parameters_));
}

void Rows::bind_integer(std::int64_t value) {
    check(statement_ == nullptr ? SQLITE_OK : sqlite3_bind_int64(statement_, ++parameters_, value));
}

void Rows::bind_real(double value) {
    check(statement_ == nullptr ? SQLITE_OK : sqlite3_bind_double(statement_, ++parameters_, value));
}

void Rows::bind_text(std::string_view value) {
    if (statement_ != nullptr) {
        const char* bytes = value.data() == nullptr ? "" : value.data();
        check(sqlite3_bind_text64(statement_, ++parameters_, bytes, value.size(), SQLITE_STATIC, SQLITE_UTF8));
    }
}

void Rows::bind_bytes(const void* bytes, std::size_t size) {
    check(statement_ == nullptr ? SQLITE_OK
                                : sqlite3_bind_blob64(statement_, ++parameters_, bytes, size, SQLITE_STATIC));
}

void Rows::check(int code) {
    if (code != SQLITE_OK) {
        connection_->note_fault(code);
    }
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& file, Access access) {
    const int flags = (access == Access::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    sqlite3* database = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &database, flags, nullptr);
    std::unique_ptr<Connection> connection(new Connection(database, file)); // closes what did not open, too
    if (code != SQLITE_OK) {
        connection->note_fault(code);
        return fail(connection->take_fault().error());
    }
    connection->set_patience(kPatience);
    return connection;
}

Connection::~Connection() {
    statements_.clear();
    sqlite3_close(database_);
}

sqlite3_stmt* Connection::statement(std::string_view sql) {
    if (is_faulty()) {
        return nullptr;
    }
    if (const auto kept = statements_.find(sql); kept != statements_.end()) {
        return kept->second.get();
    }
    sqlite3_stmt* compiled = nullptr;
    const int code = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &compiled, nullptr);
    if (code != SQLITE_OK) {
        note_fault(code);
        return nullptr;
    }
    statements_.emplace(sql, compiled);
    return compiled;
}

void Connection::script(const std::string& sql) {
    if (is_faulty()) {
        return;
    }
    if (const int code = sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr); code != SQLITE_OK) {
        note_fault(code);
    }
}

void Connection::set_patience(std::chrono::milliseconds patience) {
    patience_ = patience;
    sqlite3_busy_timeout(database_, static_cast<int>(patience.count()));
}

Result<void> Connection::take_fault() {
    if (!fault_) {
        return {};
    }
    Error fault = std::move(*fault_);
    fault_.reset();
    return fail(std::move(fault));
}

bool Connection::is_in_transaction() const {
    return sqlite3_get_autocommit(database_) == 0;
}

std::int64_t Connection::changed() const {
    return sqlite3_changes64(database_);
}

void Connection::note_fault(int code) {
    if (!fault_) {
        const int system_error = database_ != nullptr && is_of_the_system(code) ? last_errno(database_) : 0;
        const char* words = database_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database_);
        fault_ = store_fault(code, system_error, words, file_);
    }
}

} // namespace mcp::adapters::sqlite
