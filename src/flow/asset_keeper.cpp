#include "flow/asset_keeper.hpp"

#include "flow/tell.hpp"

#include <fmt/format.h>

namespace mcp::flow {
namespace {

constexpr std::size_t kBatch = 50;

} // namespace

Task<bool> AssetKeeper::write(ports::StoredReport report) {
    const Timer::Span begun = env_.timer.now();
    auto work = [this, &report] { return assets_.write(report.user_id, report.report_date, *report.document); };
    Result<void> kept = co_await run_on(env_.blocking, work);
    if (kept) {
        kept = co_await store_.settle_asset(report.report_id, report.generated_at);
    }
    if (!kept) {
        env_.metrics.count(Metric::report_errors, {"asset"});
        env_.log.write(LogLevel::error, "rag",
                       fmt::format("The asset of report {} could not be written and stays owed: {}", report.report_id,
                                   in_english(kept.error())));
        co_return false;
    }
    env_.metrics.observe(Metric::rag_indexing_duration, seconds_of(env_.timer.now() - begun));
    co_return true;
}

Task<void> AssetKeeper::mend() {
    std::string after;
    std::int64_t written = 0;
    while (true) {
        Result<std::vector<ports::StoredReport>> owed = co_await store_.owed_assets(after, kBatch);
        if (!owed) {
            env_.log.write(LogLevel::error, "rag",
                           fmt::format("Cannot read which assets are owed: {}", in_english(owed.error())));
            co_return;
        }
        for (ports::StoredReport& report : *owed) {
            after = report.report_id;
            const bool is_written = co_await write(std::move(report));
            written += is_written ? 1 : 0;
        }
        if (owed->size() < kBatch) {
            break;
        }
    }
    if (written > 0) {
        env_.log.write(LogLevel::info, "rag", fmt::format("Wrote {} assets that were still owed", written));
    }
    const Result<std::int64_t> left = co_await store_.count_owed_assets();
    if (left) {
        env_.metrics.set(Metric::assets_owed, static_cast<double>(*left));
    }
}

} // namespace mcp::flow
