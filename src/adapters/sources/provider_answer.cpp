#include "adapters/sources/provider_answer.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <iterator>

namespace mcp::adapters {
namespace {

constexpr std::size_t kClosedMax = 10;

bool is_newer(const domain::ClosedChannel& one, const domain::ClosedChannel& other) {
    return one.closed_at > other.closed_at; // absent is before every date
}

} // namespace

Error status_error(int status) {
    if (status == 429) {
        return {ErrorKind::rate_limited, {"provider.too_many_requests", {}}};
    }
    if (status == 401 || status == 403) {
        return {ErrorKind::unauthenticated, {"provider.not_allowed", {{"status", std::int64_t{status}}}}};
    }
    if (status >= 500) {
        return {ErrorKind::unavailable, {"provider.out_of_order", {{"status", std::int64_t{status}}}}};
    }
    if (status >= 300 && status < 400) {
        return {ErrorKind::bad_upstream, {"provider.moved", {{"status", std::int64_t{status}}}}};
    }
    return {ErrorKind::bad_upstream, {"provider.wrong_place", {{"status", std::int64_t{status}}}}};
}

Error asked(Error error, std::string_view source, std::string_view question) {
    return std::move(error).in(
        {"provider.question", {{"source", std::string(source)}, {"question", std::string(question)}}});
}

std::string place_of(std::string_view url) {
    const auto drop = [&url](std::string_view end) {
        const bool is_there = url.ends_with(end);
        url.remove_suffix(is_there ? end.size() : 0);
        return is_there;
    };
    while (drop("/")) {}
    drop("/v1");
    drop("/api");
    while (drop("/")) {}
    return std::string(url);
}

std::string in_utf8(std::string body) {
    return is_utf8(body) ? std::move(body) : clean_text(body).text;
}

void put_closed_channels(domain::Outside& outside, std::string_view source, std::vector<domain::ClosedChannel> closed) {
    std::stable_sort(closed.begin(), closed.end(), is_newer);
    closed.resize(std::min(closed.size(), kClosedMax));
    auto& all = outside.closed_channels;
    std::erase_if(all, [&](const domain::ClosedChannel& one) { return one.source == source; });
    if (std::find(outside.closings_told_by.begin(), outside.closings_told_by.end(), source) ==
        outside.closings_told_by.end()) {
        outside.closings_told_by.push_back(source);
    }
    all.insert(all.end(), std::move_iterator(closed.begin()), std::move_iterator(closed.end()));
    std::stable_sort(all.begin(), all.end(), is_newer);
}

} // namespace mcp::adapters
