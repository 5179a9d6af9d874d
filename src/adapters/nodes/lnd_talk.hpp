#pragma once
#include "adapters/nodes/lnd_told.hpp"
#include "adapters/nodes/node_call.hpp"
#include "async/pool.hpp"
#include "async/task.hpp"
#include "base/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mcp::adapters::lnd {

/// One of LND's calls, and what lets a macaroon make it: either of the two.
struct Call {
    std::string_view method;
    std::string_view path;
    std::string_view right; ///< "offchain:read"
    std::string_view uri;   ///< "uri:/lnrpc.Lightning/ListChannels"
    std::uint64_t body_bytes_max = 1 << 20;
};

inline constexpr Call kGetInfo{"GET", "/v1/getinfo", "info:read", "uri:/lnrpc.Lightning/GetInfo"};
inline constexpr Call kListChannels{"GET", "/v1/channels", "offchain:read", "uri:/lnrpc.Lightning/ListChannels",
                                    kLargeAnswer};
inline constexpr Call kFeeReport{"GET", "/v1/fees", "offchain:read", "uri:/lnrpc.Lightning/FeeReport", kLargeAnswer};
inline constexpr Call kPendingChannels{"GET", "/v1/channels/pending", "offchain:read",
                                       "uri:/lnrpc.Lightning/PendingChannels", kLargeAnswer};
inline constexpr Call kClosedChannels{"GET", "/v1/channels/closed", "offchain:read",
                                      "uri:/lnrpc.Lightning/ClosedChannels", kLargeAnswer};
inline constexpr Call kChannelBalance{"GET", "/v1/balance/channels", "offchain:read",
                                      "uri:/lnrpc.Lightning/ChannelBalance"};
inline constexpr Call kWalletBalance{"GET", "/v1/balance/blockchain", "onchain:read",
                                     "uri:/lnrpc.Lightning/WalletBalance"};
inline constexpr Call kListPeers{"GET", "/v1/peers", "peers:read", "uri:/lnrpc.Lightning/ListPeers", kLargeAnswer};
inline constexpr Call kForwardingHistory{"POST", "/v1/switch", "offchain:read",
                                         "uri:/lnrpc.Lightning/ForwardingHistory", kLargeAnswer};
inline constexpr Call kGetTransactions{"GET", "/v1/transactions", "onchain:read",
                                       "uri:/lnrpc.Lightning/GetTransactions", kLargeAnswer};

/// "GET /v1/channels: ..."
[[nodiscard]] Error at_call(Error error, const Call& call);

/// What /v1/state says of a node that can be asked for more.
enum class State {
    active,
    untold ///< LND before 0.13 has no such question: getinfo tells
};

/// The questions of one reading, in LND's manner. To be passed by value.
class Talk {
public:
    explicit Talk(NodeCalls calls) : calls_(std::move(calls)) {}

    /// Asked without the macaroon, which is none of the business of a server that is not LND.
    [[nodiscard]] Task<Result<State>> state() const;
    /// Only after state(). @param more the query, or the body of a POST
    /// @return the body of a good answer; forbidden for want of the right, not_found when this LND has no such call
    [[nodiscard]] Task<Result<std::string>> ask(Call call, std::string more) const;
    /// Whether ask() would be let in; does not wait for the answer's end.
    [[nodiscard]] Task<Result<void>> may_ask(Call call, std::string more) const;

    /// ask(), and what the answer means. @param read takes the body apart, off this thread: Result<T>(std::string_view)
    template <typename Read>
    [[nodiscard]] Task<std::invoke_result_t<Read&, std::string_view>> tell(Call call, std::string more,
                                                                           Read read) const {
        Result<std::string> body = co_await ask(call, std::move(more));
        if (!body) {
            co_return fail(std::move(body.error()));
        }
        auto work = [body = std::move(*body), read = std::move(read)]() mutable { return read(body); };
        auto told = co_await run_on(calls_.work(), std::move(work));
        if (!told) {
            co_return fail(at_call(std::move(told.error()), call));
        }
        co_return told;
    }
    template <typename Read>
    [[nodiscard]] Task<std::invoke_result_t<Read&, std::string_view>> tell(Call call, Read read) const {
        std::string nothing;
        auto told = co_await tell(call, std::move(nothing), std::move(read));
        co_return told;
    }

    [[nodiscard]] const NodeCalls& calls() const { return calls_; }

private:
    [[nodiscard]] Task<Result<std::string>> send(Call call, std::string more, bool only_whether) const;

    NodeCalls calls_;
};

} // namespace mcp::adapters::lnd
