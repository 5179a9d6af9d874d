#pragma once
#include "adapters/files/zstd_file.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::adapters {

struct KeptGraph {
    Day day;
    std::string path;
};

/// A copy of a graph that is being read. A fault of the disk spoils the copy, not the reading.
class GraphCopy {
public:
    explicit GraphCopy(Result<ZstdFile> file) : file_(std::move(file)) {}

    void add(std::string_view piece) {
        if (file_) {
            if (Result<void> written = file_->write(piece); !written) {
                file_ = fail(std::move(written.error()));
            }
        }
    }

private:
    friend class KeptGraphs;
    Result<ZstdFile> file_;
};

/// The folder of the graphs that reports were made from, one a day: `YYYYMMDD.describegraph.json.zst`. The newest eight
/// stay: today's, and what its reports are compared with. Other files in it are left alone.
class KeptGraphs {
public:
    explicit KeptGraphs(std::string folder) : folder_(std::move(folder)) {}

    /// Oldest first; none when there is no folder yet.
    [[nodiscard]] Result<std::vector<KeptGraph>> list() const;
    /// Begins a copy; makes the folder when needed, and removes what a crash left in it.
    [[nodiscard]] GraphCopy begin_copy() const;
    /// The copy becomes the graph of `day`, taken at `now`; the oldest ones go.
    /// @return why it could not be kept, which may have come up at any time since begin_copy()
    [[nodiscard]] Result<void> keep(GraphCopy copy, Day day, Time now) const;

private:
    [[nodiscard]] std::string path_of(Day day) const;

    std::string folder_;
};

/// When a kept graph was taken.
[[nodiscard]] std::optional<Time> taken_at(const KeptGraph& kept);

} // namespace mcp::adapters
