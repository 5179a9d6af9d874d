#pragma once
#include "base/message.hpp"

#include <optional>
#include <string_view>
#include <utility>
#include <variant>

namespace mcp::domain {

/// The sources a figure can come from or lack. The names stand in reports (`sources[].name`, `absent[].source`).
namespace source {
inline constexpr std::string_view kGraph = "gossip_file";  ///< the day's public channel graph
inline constexpr std::string_view kLndGraph = "lnd_graph"; ///< the same, from the operator's LND
inline constexpr std::string_view kClnGraph = "cln_graph"; ///< the same, from the operator's Core Lightning
inline constexpr std::string_view kRgs = "rgs";            ///< the same, from a Rapid Gossip Sync server
inline constexpr std::string_view kHistory = "history";    ///< graphs of earlier days
inline constexpr std::string_view kMempool = "mempool";
inline constexpr std::string_view kAmboss = "amboss";
inline constexpr std::string_view kNode = "node"; ///< the user's own node, read-only
} // namespace source

/// Why a figure is missing: a sentence for the reader, and the source that would have given it.
struct Absence {
    Message reason;
    std::string_view source;
};

/// A figure that was measured or computed from named inputs, or is absent with the reason. There is no third state: it
/// cannot be made without a value or an Absence, so that no default ever stands in for a measurement.
template <typename T>
class Figure {
public:
    Figure() = delete;
    Figure(T value) : content_(std::in_place_index<0>, std::move(value)) {}
    Figure(Absence absence) : content_(std::in_place_index<1>, std::move(absence)) {}

    [[nodiscard]] bool has_value() const { return content_.index() == 0; }
    explicit operator bool() const { return has_value(); }
    [[nodiscard]] const T& operator*() const { return std::get<0>(content_); }
    [[nodiscard]] const T* operator->() const { return &std::get<0>(content_); }
    [[nodiscard]] const Absence& absence() const { return std::get<1>(content_); }

    /// The figure that `f` makes of the value; an absence stays what it is.
    template <typename F>
    [[nodiscard]] auto map(F f) const -> Figure<decltype(f(std::declval<const T&>()))> {
        if (!has_value()) {
            return absence();
        }
        return f(**this);
    }

private:
    std::variant<T, Absence> content_;
};

/// `value` when it is there, else the absence.
template <typename T>
[[nodiscard]] Figure<T> figure_or(const std::optional<T>& value, Absence absence) {
    if (value) {
        return *value;
    }
    return absence;
}

} // namespace mcp::domain
