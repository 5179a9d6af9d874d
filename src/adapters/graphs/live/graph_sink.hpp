#pragma once
#include "adapters/files/atomic_file.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mcp::adapters {

/// The file that a graph is fetched into: whole or not at all. Begun, written and committed by one thread after the
/// other. What goes wrong is remembered, so that whoever writes need only stop.
class GraphSink {
public:
    /// Makes the folder when needed.
    [[nodiscard]] static Result<std::shared_ptr<GraphSink>> begin(const std::string& folder);

    /// What is written next must begin so, blanks before it left out; else it is no graph, and refused.
    void expect(std::string_view beginning);
    /// @return false when nothing more is wanted: see fault()
    [[nodiscard]] bool write(std::string_view bytes);
    /// Why write() said false.
    [[nodiscard]] const std::optional<Error>& fault() const { return fault_; }
    [[nodiscard]] std::uint64_t bytes_left() const; ///< that it still takes

    /// The file takes its name, dated `fetched_at`. To be called once.
    [[nodiscard]] Result<void> commit(const std::string& path, Time fetched_at);

private:
    explicit GraphSink(AtomicFile file) : file_(std::move(file)) {}
    [[nodiscard]] bool begins_well(std::string_view bytes);

    AtomicFile file_;
    std::string expected_; ///< that has not come yet
    std::uint64_t bytes_ = 0;
    std::optional<Error> fault_;
};

} // namespace mcp::adapters
