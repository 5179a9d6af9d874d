#pragma once
#include "adapters/store/sqlite/connection.hpp"
#include "ports/store.hpp"

namespace mcp::adapters::sqlite {

/// Removes some of what is older than ports::kKept at `now`, a bounded number of rows, so that no other write waits
/// long. @return what it removed; nothing when all of it is gone
[[nodiscard]] ports::SweepCounts sweep_some(Connection& connection, Time now);

/// Gives some of the space that nothing needs back to the file system: what the next day will fill again stays.
/// @return whether there is more to give back
[[nodiscard]] bool give_back_some_space(Connection& connection);

/// Brings all of the log into the database and empties it, so that what was removed is in no file any more. Readers
/// may keep it from doing so: then the next automatic checkpoint does it. Outside of any transaction.
void empty_log(Connection& connection);

/// A write that changes nothing but a counter.
void ping(Connection& connection);

} // namespace mcp::adapters::sqlite
