#pragma once
#include "ports/source.hpp"
#include "ports/store.hpp"

#include <algorithm>
#include <span>

namespace mcp::flow {

/// The kept answer to that question; nullptr when the source was never asked it.
[[nodiscard]] inline const ports::KeptAnswer* find_kept(std::span<const ports::KeptAnswer> kept,
                                                        const ports::Source& source, const ports::Question& question) {
    const auto found = std::find_if(kept.begin(), kept.end(), [&](const ports::KeptAnswer& one) {
        return one.source == source.name() && one.question == question.name;
    });
    return found == kept.end() ? nullptr : &*found;
}

} // namespace mcp::flow
