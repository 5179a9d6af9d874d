#include "adapters/store/sqlite/faults.hpp"

#include "adapters/files/system_fault.hpp"
#include "base/text.hpp"

#include <cerrno>
#include <sqlite3.h>

namespace mcp::adapters::sqlite {
namespace {

Error in_words(int code, int system_error, std::string_view detail) {
    switch (code & 0xff) {
    case SQLITE_FULL:
        return {ErrorKind::unavailable, {"store.full", {}}};
    case SQLITE_IOERR:
        return system_fault("store.io", system_error == 0 ? EIO : system_error);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
        return {ErrorKind::unavailable, {"store.damaged", {{"fault", clean_text(detail).text}}}};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorKind::unavailable, {"store.locked", {}}};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {ErrorKind::unavailable, {"store.read_only", {}}};
    case SQLITE_CANTOPEN:
        return system_fault("store.cannot_open", system_error == 0 ? EACCES : system_error);
    case SQLITE_NOMEM:
        return {ErrorKind::unavailable, {"store.no_memory", {}}};
    default:
        return {ErrorKind::internal, {"store.refused", {{"fault", clean_text(detail).text}}}};
    }
}

} // namespace

Error store_fault(int code, int system_error, std::string_view detail, const std::string& file) {
    Error error = in_words(code, system_error, detail);
    if (error.kind == ErrorKind::not_found) { // what the system misses is not what a caller asked for
        error.kind = ErrorKind::unavailable;
    }
    return std::move(error).in(at_path(file));
}

Error damaged(const std::string& file, std::string_view detail) {
    return store_fault(SQLITE_CORRUPT, 0, detail, file);
}

Error path_fault(std::string_view key, int system_error, const std::string& path) {
    Error error = system_fault(key, system_error);
    error.kind = ErrorKind::unavailable;
    return std::move(error).in(at_path(path));
}

Message at_path(const std::string& path) {
    return {"file.path", {{"path", path}}};
}

} // namespace mcp::adapters::sqlite
