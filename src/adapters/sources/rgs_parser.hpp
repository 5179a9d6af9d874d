#pragma once
#include "adapters/sources/rgs_graph.hpp"
#include "base/error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mcp::adapters {

/// Reads Rapid Gossip Sync snapshots, one or several after each other, as `GET /snapshot/0` and then `/snapshot/TIME`
/// answer them. Versions 1 and 2. Bytes behind the last snapshot are not read but counted, since rust-lightning reads
/// no further either. Holds one record (at most 200 kB) beside the piece that it is given.
class RgsParser {
public:
    static constexpr std::string_view kMagic = "LDK";

    /// The next bytes, cut anywhere. After an error nothing more may be written, and the graph is of no use.
    [[nodiscard]] Result<void> write(std::string_view chunk);
    /// To be called after the last byte: the last snapshot must be complete. More may be written afterwards.
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] const RgsGraph& graph() const { return graph_; }

private:
    enum class Part : std::uint8_t {
        head,
        feature_sets,
        node_count,
        nodes,
        announcement_count,
        announcements,
        update_count,
        defaults,
        updates,
        after, ///< a snapshot ended: another one may begin
        beyond ///< what follows is no snapshot
    };

    /// Reads one record, or nothing. @return whether to go on: false when more bytes are needed
    [[nodiscard]] Result<bool> step(std::string_view rest);
    [[nodiscard]] Result<bool> step_after(std::string_view rest);
    [[nodiscard]] Result<void> take(RgsBytes& bytes);
    [[nodiscard]] Result<void> take_head(RgsBytes& bytes);
    [[nodiscard]] Result<void> take_count(RgsBytes& bytes, std::uint32_t most, Part records, Part without);
    [[nodiscard]] Result<void> take_update(RgsBytes& bytes);
    template <typename Record>
    [[nodiscard]] Result<void> take_record(const RgsBytes& bytes, const Record& record, Part next);
    void one_done(Part next);

    RgsGraph graph_;
    RgsHead head_;
    RgsDefaults defaults_;
    Part part_ = Part::head;
    std::uint32_t left_ = 0;              ///< records of this part
    std::optional<int> direction_before_; ///< of the update before
    std::string held_;                    ///< written and not yet read
    std::uint64_t read_ = 0;              ///< bytes
};

} // namespace mcp::adapters
