#pragma once
#include "base/clock.hpp"
#include "base/message.hpp"
#include "domain/outside.hpp"

#include <optional>
#include <span>

namespace mcp::analysis {

inline constexpr std::chrono::days kUsualFeesOver{14};   ///< the days before, that a day is measured against
inline constexpr int kFeeDaysNeeded = 7;                 ///< of them; fewer say nothing about what is usual
inline constexpr double kUnusualFactor = 2;              ///< cheap: half of the usual or less; dear: twice or more
inline constexpr double kUnusualStep = 1;                ///< sat/vB: nearer to the usual than that is no difference
inline constexpr std::chrono::hours kFeesOfTodayMax{24}; ///< older ones are no longer today's

/// What a transaction within an hour cost on one day, and on the days before it.
struct UsualFees {
    std::optional<double> median; ///< sat/vB; nothing with fewer than kFeeDaysNeeded days
    int days = 0;
};

/// @param days of any order   @param day its own and later ones do not count
[[nodiscard]] UsualFees usual_fees(std::span<const domain::OnchainFeesOfDay> days, Day day);

/// @param hour, usual sat/vB
[[nodiscard]] domain::FeeLevel fee_level(double hour, double usual);

/// Rounded to what a reader can use: two decimals, below 1 sat/vB two significant digits.
[[nodiscard]] double rounded_rate(double sat_per_vbyte);

/// The rate for a sentence, with no more decimals than it has.
[[nodiscard]] MessageValue rate_words(double sat_per_vbyte);

/// @param outside nothing: no source beside the graph was asked   @param mempool the state of the one that tells fees
[[nodiscard]] domain::OnchainFigures onchain_figures(const domain::Outside* outside, const domain::SourceState& mempool,
                                                     Time now);

/// `hour`, when it is of today: a fee of yesterday says nothing about what a transaction costs.
[[nodiscard]] domain::Figure<double> hour_of_today(const domain::OnchainFigures& fees, Time now);

/// For how many days in a row, the last one today, the level was the one of today.
struct LevelRun {
    int days = 1;
    bool before_is_known = false; ///< whether the level of the day before the first of them could be told
};

/// @pre today's level is known
[[nodiscard]] LevelRun run_of_level(const domain::Outside& outside, domain::FeeLevel level);

} // namespace mcp::analysis
