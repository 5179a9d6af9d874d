// Any bytes as answers of a user's Core Lightning: each is read or refused in words, and what was read is a figure that
// can be. The first byte says as the answer to which question.
#include "adapters/nodes/cln_answers.hpp"
#include "adapters/nodes/cln_channels.hpp"
#include "adapters/nodes/cln_costs.hpp"
#include "adapters/nodes/cln_forwards.hpp"
#include "adapters/nodes/cln_refusals.hpp"
#include "adapters/nodes/cln_values.hpp"
#include "base/text.hpp"
#include "language/language.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace mcp;

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

template <typename T>
bool is_read(const Result<T>& told) {
    if (!told) {
        const std::string words = language::render(told.error(), language::Language::en);
        demand(told.error().kind == ErrorKind::bad_upstream);
        demand(!words.empty() && words.size() < 5000 && is_utf8(words) && words.find('\n') == std::string::npos);
    }
    return told.has_value();
}

bool is_amount(Msat amount) {
    return amount >= Msat{0} && amount <= to_msat(kAllBitcoin);
}

void read_channels(std::string_view body) {
    const auto told = adapters::read_cln_channels(body);
    if (!is_read(told)) {
        return;
    }
    domain::NodeBalances sums;
    for (std::size_t i = 0; i < told->open.size(); ++i) {
        const domain::NodeChannel& one = told->open[i];
        Msat under_way;
        for (const domain::PendingHtlc& htlc : one.htlcs) {
            under_way += htlc.amount;
        }
        demand(one.local >= Msat{0} && one.remote >= Msat{0});
        demand(one.local + one.remote + under_way == to_msat(one.capacity));
        demand(one.can_send <= one.local && one.can_receive <= one.remote);
        demand(i == 0 || told->open[i - 1].id < one.id);
        sums.local += one.local;
        sums.remote += one.remote;
    }
    demand(sums.local == told->balances.local && sums.remote == told->balances.remote);
    for (const domain::PendingChannel& one : told->pending) {
        demand(one.ours >= Sat{0} && one.ours <= one.capacity);
        demand(one.closing_txid.empty() || one.closing_txid.size() == 64);
    }
    for (const domain::NodeClosing& one : told->ended) {
        demand(is_amount(one.ours) && one.ours <= to_msat(one.capacity));
    }
}

void read_closings(std::string_view body) {
    const auto told = adapters::read_cln_closings(body);
    if (is_read(told)) {
        for (const domain::NodeClosing& one : told->closings) {
            demand(is_amount(one.ours) && one.ours <= to_msat(one.capacity));
        }
    }
}

void read_forwards(std::string_view body, bool is_indexed) {
    constexpr Day kDay{std::chrono::days{20'782}};
    const auto told = adapters::read_cln_forwards(body, is_indexed);
    if (!is_read(told)) {
        return;
    }
    adapters::ClnWeek week(kDay, {}, {});
    if (!is_read(week.add(*told))) {
        return;
    }
    const std::vector<domain::NodeDayFlow> days = week.days();
    demand(days.size() == 7);
    std::int64_t count = 0;
    for (const domain::NodeDayFlow& day : days) {
        for (const domain::ForwardSum& sum : day.forwards) {
            demand(is_amount(sum.amount_in) && sum.fees() >= Msat{0});
            count += sum.count;
        }
    }
    demand(count <= static_cast<std::int64_t>(told->size()));
}

void read_costs(std::string_view body) {
    const auto told = adapters::read_cln_costs(body);
    if (!is_read(told)) {
        return;
    }
    std::vector<domain::NodeDayFlow> days(7);
    for (std::size_t i = 0; i < days.size(); ++i) {
        days[i].day = Day{std::chrono::days{20'110 + static_cast<int>(i)}}; // that of the recordings among them
    }
    if (is_read(adapters::put_cln_costs(*told, {}, days))) {
        for (const domain::NodeDayFlow& day : days) {
            demand(day.chain && is_amount(day.chain->fees) && day.chain->transactions >= 0);
        }
    }
}

void read_short(std::string_view body) {
    const auto info = adapters::read_cln_info(body);
    demand(!is_read(info) || (is_utf8(info->alias) && is_utf8(info->version)));
    const auto wallet = adapters::read_cln_wallet(body);
    demand(!is_read(wallet) || (is_amount(to_msat(wallet->confirmed)) && is_amount(to_msat(wallet->unconfirmed))));
    static_cast<void>(is_read(adapters::read_cln_peers(body)));
}

void read_refusal(std::string_view body) {
    for (const int status : {401, 403, 404, 500}) {
        const adapters::ClnRefused refused =
            adapters::read_cln_refusal({.status = status, .headers = {}, .body = std::string(body)});
        demand(is_utf8(refused.said) && refused.said.size() < 1000);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    switch (data[0]) {
    case 'p':
        read_channels(body);
        break;
    case 'c':
        read_closings(body);
        break;
    case 'f':
        read_forwards(body, true);
        break;
    case 'o':
        read_forwards(body, false);
        break;
    case 'b':
        read_costs(body);
        break;
    case 'r':
        read_refusal(body);
        break;
    default:
        read_short(body);
        break;
    }
    return 0;
}
