#pragma once
#include "adapters/nodes/lnd_talk.hpp"
#include "adapters/nodes/lnd_told.hpp"
#include "async/task.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "domain/own_node.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <vector>

/// Asks LND for what lies in days, in as many questions as it takes.
namespace mcp::adapters::lnd {

/// What was forwarded on the wanted days, oldest first. @param wanted at least one   @param names LND's of channels
[[nodiscard]] Task<Result<std::vector<domain::NodeDayFlow>>> ask_forwards(Talk talk, std::set<Day> wanted,
                                                                          ChannelNames names);

using CostsByDay = std::map<Day, domain::ChainCosts>;

/// What our transactions in blocks cost on the wanted days, each of which is in the answer.
/// @param day of the report   @param tip height of the newest block
[[nodiscard]] Task<Result<CostsByDay>> ask_chain_costs(Talk talk, std::set<Day> wanted, Day day, std::uint32_t tip);

/// The least of POST /v1/switch and of GET /v1/transactions, to see whether they may be asked.
[[nodiscard]] std::string least_of_forwards();
[[nodiscard]] std::string least_of_transactions(std::uint32_t tip);

} // namespace mcp::adapters::lnd
