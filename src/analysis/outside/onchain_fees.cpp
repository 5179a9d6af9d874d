#include "analysis/outside/onchain_fees.hpp"

#include "analysis/outside/source_gaps.hpp"
#include "base/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace mcp::analysis {
namespace {

using domain::FeeLevel;
using domain::Figure;
using domain::OnchainFees;
using domain::OnchainFeesOfDay;

/// Decimals that rounded_rate() keeps.
int decimals_kept(double rate) {
    constexpr int kMost = 8; // of a satoshi: beyond that a rate is nothing
    if (rate >= 1 || !(rate > 0)) {
        return 2;
    }
    return std::min(kMost, 1 - static_cast<int>(std::floor(std::log10(rate))));
}

std::optional<double> hour_of(std::span<const OnchainFeesOfDay> days, Day day) {
    const auto found = std::find_if(days.begin(), days.end(), [&](const auto& fees) { return fees.day == day; });
    return found == days.end() ? std::nullopt : std::optional(found->hour);
}

std::optional<FeeLevel> level_of(std::span<const OnchainFeesOfDay> days, Day day) {
    const std::optional<double> hour = hour_of(days, day);
    const UsualFees usual = usual_fees(days, day);
    return hour && usual.median ? std::optional(fee_level(*hour, *usual.median)) : std::nullopt;
}

domain::Absence too_few_days(int days) {
    return {{"absent.few_fee_days", {{"count", std::int64_t{days}}, {"needed", std::int64_t{kFeeDaysNeeded}}}},
            domain::source::kMempool};
}

domain::Absence too_old(Time asked_at) {
    return {{"absent.fees_too_old", {{"time", asked_at}}}, domain::source::kMempool};
}

Figure<FeeLevel> level_now(const OnchainFees& fees, const Figure<double>& usual, Time now) {
    if (now - fees.asked_at > kFeesOfTodayMax) {
        return too_old(fees.asked_at);
    }
    return usual.map([&](double median) { return fee_level(fees.hour, median); });
}

} // namespace

UsualFees usual_fees(std::span<const OnchainFeesOfDay> days, Day day) {
    std::vector<double> rates;
    for (const OnchainFeesOfDay& fees : days) {
        if (fees.day < day && fees.day >= day - kUsualFeesOver) {
            rates.push_back(fees.hour);
        }
    }
    UsualFees usual{.median = {}, .days = static_cast<int>(rates.size())};
    if (usual.days >= kFeeDaysNeeded) {
        std::sort(rates.begin(), rates.end());
        usual.median = percentile(rates, 0.5);
    }
    return usual;
}

FeeLevel fee_level(double hour, double usual) {
    if (hour * kUnusualFactor <= usual && usual - hour >= kUnusualStep) {
        return FeeLevel::cheap;
    }
    return hour >= kUnusualFactor * usual && hour - usual >= kUnusualStep ? FeeLevel::dear : FeeLevel::normal;
}

double rounded_rate(double sat_per_vbyte) {
    const double scale = std::pow(10, decimals_kept(sat_per_vbyte));
    return std::round(sat_per_vbyte * scale) / scale;
}

MessageValue rate_words(double sat_per_vbyte) {
    const double rounded = rounded_rate(sat_per_vbyte);
    int decimals = 0;
    constexpr double kSame = 1e-9;
    for (double scale = 1; decimals < decimals_kept(sat_per_vbyte); scale *= 10, ++decimals) {
        if (std::abs(std::round(rounded * scale) / scale - rounded) < kSame) {
            break;
        }
    }
    return Decimal{rounded, decimals};
}

domain::OnchainFigures onchain_figures(const domain::Outside* outside, const domain::SourceState& mempool, Time now) {
    const std::optional<OnchainFees> fees = outside != nullptr ? outside->fees : std::nullopt;
    const domain::Absence untold = why_untold(mempool);
    const auto rate = [&](double OnchainFees::*which) {
        return fees ? Figure<double>(rounded_rate((*fees).*which)) : Figure<double>(untold);
    };
    const Day today = std::chrono::floor<std::chrono::days>(fees ? fees->asked_at : now);
    const UsualFees usual = outside != nullptr ? usual_fees(outside->fees_of_days, today) : UsualFees{};
    const Figure<double> median = usual.median ? Figure<double>(*usual.median)
                                  : fees       ? Figure<double>(too_few_days(usual.days))
                                               : Figure<double>(untold);
    return {.next_block = rate(&OnchainFees::next_block),
            .half_hour = rate(&OnchainFees::half_hour),
            .hour = rate(&OnchainFees::hour),
            .economy = rate(&OnchainFees::economy),
            .minimum = rate(&OnchainFees::minimum),
            .as_of = fees ? Figure<Time>(fees->asked_at) : Figure<Time>(untold),
            .usual_hour = median.map(rounded_rate),
            .days_compared = usual.days,
            .level = fees ? level_now(*fees, median, now) : Figure<FeeLevel>(untold)};
}

Figure<double> hour_of_today(const domain::OnchainFigures& fees, Time now) {
    return fees.hour && now - *fees.as_of > kFeesOfTodayMax ? Figure<double>(too_old(*fees.as_of)) : fees.hour;
}

LevelRun run_of_level(const domain::Outside& outside, FeeLevel level) {
    LevelRun run;
    Day day = std::chrono::floor<std::chrono::days>(outside.fees->asked_at);
    while (true) {
        day -= std::chrono::days{1};
        const std::optional<FeeLevel> before = level_of(outside.fees_of_days, day);
        if (before != level) {
            run.before_is_known = before.has_value();
            return run;
        }
        ++run.days;
    }
}

} // namespace mcp::analysis
