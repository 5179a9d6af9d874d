#pragma once
#include "async/task.hpp"
#include "base/error.hpp"
#include "domain/outside.hpp"
#include "domain/pub_key.hpp"

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::ports {

/// One thing that a source can be asked. Its answers are kept as the source gave them and read when a report needs
/// them, so that a report can be replayed.
struct Question {
    std::string_view name;         ///< "fees": stands in the store, never changes
    bool of_node = false;          ///< asked of one node; else of the whole network, once a run
    std::chrono::seconds fresh{0}; ///< an answer younger than that is not asked for again
    std::size_t nodes_max = 1;     ///< that one request can ask for
    bool keeps_days = false;       ///< the last answer of each day is kept for 90 days; else the last answer only
};

/// A provider of facts beside the graph. Reading is pure.
class Source {
public:
    virtual ~Source() = default;
    [[nodiscard]] virtual std::string_view name() const = 0; ///< of domain::source
    [[nodiscard]] virtual std::span<const Question> questions() const = 0;

    /// Asks the source itself, in one request. @param nodes none for a question of the network, else 1 .. nodes_max
    /// @return one answer a node in their order (one for a question of the network): its text, or what is wrong with
    /// that one; an error when the request failed as a whole
    [[nodiscard]] virtual Task<Result<std::vector<Result<std::string>>>> ask(const Question& question,
                                                                             std::vector<domain::PubKey> nodes) = 0;
    /// Adds to `outside` what a kept answer says. @param asked_at when the answer came
    /// @return bad_upstream, and `outside` unchanged, for an answer that does not say what the source promises
    [[nodiscard]] virtual Result<void> read(const Question& question, std::string_view answer, Time asked_at,
                                            domain::Outside& outside) const = 0;
};

} // namespace mcp::ports
