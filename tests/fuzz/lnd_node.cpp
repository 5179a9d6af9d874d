// Any bytes as an answer of a user's LND, to each question: what is read lies within its bounds, so that no sum over it
// can overflow; what is refused is told in words.
#include "adapters/nodes/lnd_told.hpp"
#include "adapters/nodes/lnd_week.hpp"
#include "base/text.hpp"
#include "language/language.hpp"

#include <cstdint>
#include <cstdlib>
#include <set>

namespace {

namespace lnd = mcp::adapters::lnd;
using mcp::Msat;
using mcp::Sat;

constexpr mcp::Day kDay{std::chrono::days{20'782}};
constexpr Msat kMost{mcp::kAllBitcoin.value * 1000};

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

bool is_amount(Msat amount) {
    return amount >= Msat{0} && amount <= kMost;
}

/// @return whether it was read
template <typename T>
bool is_read(const mcp::Result<T>& told) {
    if (!told) {
        demand(told.error().kind == mcp::ErrorKind::bad_upstream);
        demand(mcp::is_utf8(mcp::language::render(told.error(), mcp::language::Language::fr)));
    }
    return told.has_value();
}

void check(const lnd::OpenChannels& open) {
    std::set<mcp::domain::ShortChannelId> ids;
    Msat capacity{0};
    Msat held{0};
    for (const mcp::domain::NodeChannel& channel : open.channels) {
        demand(ids.empty() || *ids.rbegin() < channel.id);
        ids.insert(channel.id);
        capacity += mcp::to_msat(channel.capacity);
        held += channel.local + channel.remote;
        for (const mcp::domain::PendingHtlc& htlc : channel.htlcs) {
            held += htlc.amount;
        }
        demand(is_amount(channel.can_send) && channel.can_send <= channel.local);
        demand(is_amount(channel.can_receive) && channel.can_receive <= channel.remote);
        demand(channel.watched.has_value() == channel.online.has_value());
        demand(!channel.watched || *channel.online <= *channel.watched);
    }
    demand(capacity <= kMost && held <= capacity);
}

void check(const lnd::ClosedChannels& closed) {
    demand(closed.closings.size() <= mcp::domain::kClosingsKept);
    for (const mcp::domain::NodeClosing& closing : closed.closings) {
        demand(is_amount(closing.ours) && closing.ours <= mcp::to_msat(closing.capacity));
    }
}

void check(const std::vector<mcp::domain::PendingChannel>& pending) {
    for (const mcp::domain::PendingChannel& channel : pending) {
        demand(channel.ours >= Sat{0} && channel.ours <= channel.capacity + Sat{660});
        demand(mcp::is_utf8(channel.closing_txid));
    }
}

void check(const mcp::domain::NodeBalances& sums) {
    demand(is_amount(sums.local) && is_amount(sums.remote));
    demand(is_amount(sums.unsettled_local) && is_amount(sums.unsettled_remote));
}

void check(const mcp::domain::NodeWallet& wallet) {
    demand(is_amount(mcp::to_msat(wallet.confirmed)) && is_amount(mcp::to_msat(wallet.unconfirmed)));
}

void check(const lnd::Info& info) {
    demand(info.block_height > 0 && info.block_height < (1U << 24));
    demand(mcp::is_utf8(info.alias) && info.alias.find('\n') == std::string::npos);
    demand(mcp::is_utf8(info.version) && info.version.find('\n') == std::string::npos);
}

/// Ten times the same page: what a liar would do to overflow a day.
void check(const lnd::ForwardPage& page) {
    std::set<mcp::Day> week = lnd::days_to_ask(kDay, {});
    for (const lnd::Forward& forward : page.forwards) { // whatever day it tells of is wanted
        demand(is_amount(forward.amount_in) && forward.amount_out <= forward.amount_in);
        demand(forward.amount_out >= Msat{0} && forward.at_ns >= 0);
        const std::chrono::sys_time<std::chrono::nanoseconds> at{std::chrono::nanoseconds{forward.at_ns}};
        week.insert(std::chrono::floor<std::chrono::days>(at));
    }
    lnd::WeekOfForwards sums(week, {});
    for (int times = 0; times < 10; ++times) {
        if (!is_read(sums.add(page))) {
            break;
        }
    }
    for (const mcp::domain::NodeDayFlow& day : sums.told()) {
        Msat of_day{0};
        std::int64_t count = 0;
        for (const mcp::domain::ForwardSum& sum : day.forwards) {
            of_day += sum.fees();
            count += sum.count;
        }
        for (const mcp::domain::SizeCount& size : day.sizes) {
            count -= size.count;
        }
        demand(count == 0 && of_day >= Msat{0} && of_day.value <= kMost.value / 8);
    }
}

void check(const std::vector<lnd::Transaction>& window) {
    std::set<mcp::Day> days = lnd::days_to_ask(kDay, {});
    for (const lnd::Transaction& one : window) {
        days.insert(std::chrono::floor<std::chrono::days>(one.at));
    }
    lnd::WeekOfTransactions costs(days, *days.rbegin() + std::chrono::days{1}, 900'000);
    for (int asked = 0; costs.asks() && asked < 20; ++asked) {
        if (!is_read(costs.add(window))) {
            break;
        }
    }
    for (const mcp::Day day : days) {
        demand(costs.of(day).fees >= Msat{0} && costs.of(day).fees.value <= kMost.value / 8);
        demand(costs.of(day).transactions <= static_cast<std::int64_t>(window.size()));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view answer(reinterpret_cast<const char*>(data), size);
    const auto look = [](const auto& told) {
        if (is_read(told)) {
            check(*told);
        }
    };
    look(lnd::info(answer));
    look(lnd::open_channels(answer));
    look(lnd::pending(answer));
    look(lnd::closed(answer));
    look(lnd::wallet(answer));
    look(lnd::forward_page(answer, 0));
    look(lnd::transactions(answer));
    const auto balances = lnd::balances(answer);
    if (is_read(balances) && *balances) {
        check(**balances);
    }
    static_cast<void>(is_read(lnd::channel_fees(answer)));
    static_cast<void>(is_read(lnd::peers(answer, kDay + std::chrono::hours{6})));
    return 0;
}
