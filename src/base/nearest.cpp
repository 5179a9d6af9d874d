#include "base/nearest.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace mcp {
namespace {

/// Optimal string alignment distance: Levenshtein with swaps of neighbours. @complexity O(a.size() * b.size())
std::size_t edits(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            const std::size_t replaced = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
            }
        }
    }
    return cost[a.size()][b.size()];
}

} // namespace

std::vector<std::size_t> nearest_places(std::string_view word, std::span<const std::string> known,
                                        std::size_t at_most) {
    const std::size_t most_edits = std::max<std::size_t>(2, word.size() / 3);
    std::vector<std::pair<std::size_t, std::size_t>> by_edits;
    for (std::size_t place = 0; place < known.size(); ++place) {
        const std::string& candidate = known[place];
        const std::size_t longer = std::max(candidate.size(), word.size());
        if (longer - std::min(candidate.size(), word.size()) > most_edits) {
            continue; // the lengths alone cost more
        }
        const std::size_t distance = edits(word, candidate);
        if (distance <= most_edits && distance < candidate.size()) {
            by_edits.emplace_back(distance, place);
        }
    }
    std::sort(by_edits.begin(), by_edits.end());
    by_edits.resize(std::min(by_edits.size(), at_most));
    std::vector<std::size_t> places;
    std::transform(by_edits.begin(), by_edits.end(), std::back_inserter(places),
                   [](const auto& pair) { return pair.second; });
    return places;
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> known) {
    const std::vector<std::size_t> places = nearest_places(word, known, 1);
    return places.empty() ? std::nullopt : std::optional(known[places.front()]);
}

} // namespace mcp
