#pragma once
#include "async/env.hpp"
#include "domain/own_node.hpp"
#include "domain/user.hpp"
#include "flow/node/push_pace.hpp"
#include "ports/secrets.hpp"
#include "ports/store.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace mcp::flow {

/// A statement as an agent sends it.
struct PushedSnapshot {
    std::string agent_key; ///< as it came
    std::string signature; ///< as it came
    std::string body;
};

struct KeptSnapshot {
    domain::PubKey node;
    Day day;
};

/// Takes what agents send of the nodes that they run beside. Who sends is proved by a signature over the whole of it.
class PushedSnapshots {
public:
    static constexpr std::chrono::minutes kOldest{15}; ///< since the node was read
    static constexpr std::chrono::minutes kAhead{2};   ///< of our clock

    struct Needs {
        Env& env;
        ports::Store& store;
        const ports::Signatures& signatures;
    };

    explicit PushedSnapshots(const Needs& needs) : needs_(needs) {}

    /// Lets an agent of this key send, if it may: asked before a large body is read.
    /// @return its turn, to be held until what it sent was taken; unauthenticated (`push.unknown`, the same as for a
    /// wrong signature), rate_limited (`push.too_often`)
    Task<Result<PushPace::Turn>> let_in(std::string agent_key);
    /// Keeps what it tells as its user's statement of today. It proves nothing about whose the node is: the profile
    /// must name it already.
    /// @return unauthenticated for an unknown key or a wrong signature, invalid_input for what is no statement of
    /// today, just read; forbidden for another node than the profile's, conflict for a profile without one
    /// (`push.no_node`) and for what is not newer than what is kept (`store.statement_old`)
    Task<Result<KeptSnapshot>> take(PushedSnapshot pushed);

private:
    struct Told;

    Task<Result<domain::NodeLink>> link_of(std::string agent_key);
    Task<Result<Told>> read(std::string user_id, PushedSnapshot pushed);
    [[nodiscard]] Result<void> check_time(const domain::OwnNode& node) const;
    Task<Result<void>> check_node(std::string user_id, domain::PubKey node);

    Needs needs_;
    PushPace pace_;
};

/// What an agent signs: the body, for this user and for nothing else. Who registers somebody else's key gets nothing.
[[nodiscard]] std::string snapshot_bytes(std::string_view user_id, std::string_view body);

} // namespace mcp::flow
