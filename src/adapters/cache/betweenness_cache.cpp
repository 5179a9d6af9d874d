#include "adapters/cache/betweenness_cache.hpp"

#include "adapters/files/write_file.hpp"

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <openssl/evp.h>
#include <span>

namespace mcp::adapters {
namespace {

using analysis::DayBetweenness;

// To be raised whenever the engine's definition of a figure changes: then older files are not found any more.
constexpr std::string_view kEngine = "engine-1";
constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kKeptFiles = 40; // a month of history and some

using Lists = std::array<std::vector<double> DayBetweenness::*, 4>;
constexpr Lists kLists = {&DayBetweenness::hops, &DayBetweenness::fee_50k, &DayBetweenness::fee_500k,
                          &DayBetweenness::fee_5m};

std::array<unsigned char, kDigestBytes> digest_of(std::string_view bytes) {
    std::array<unsigned char, kDigestBytes> digest{};
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    return digest;
}

std::string read_all(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

bool is_whole(std::string_view bytes, std::size_t expected_values) {
    if (bytes.size() != expected_values * sizeof(double) + kDigestBytes) {
        return false;
    }
    const auto digest = digest_of(bytes.substr(0, bytes.size() - kDigestBytes));
    return std::memcmp(digest.data(), bytes.data() + bytes.size() - kDigestBytes, kDigestBytes) == 0;
}

/// Removes the files that were not written for longest, so that the folder does not grow for ever.
void forget_the_oldest(const std::string& folder) {
    namespace fs = std::filesystem;
    std::error_code ignored;
    std::vector<std::pair<fs::file_time_type, fs::path>> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
        if (entry.path().extension() == ".betweenness") {
            files.emplace_back(entry.last_write_time(ignored), entry.path());
        }
    }
    std::sort(files.rbegin(), files.rend());
    for (std::size_t i = kKeptFiles; i < files.size(); ++i) {
        fs::remove(files[i].second, ignored);
    }
}

} // namespace

std::string BetweennessCache::path_of(std::string_view graph_sha256) const {
    return folder_ + "/" + std::string(graph_sha256) + "." + std::string(kEngine) + ".betweenness";
}

std::optional<DayBetweenness> BetweennessCache::find(std::string_view graph_sha256, std::size_t nodes) const {
    if (folder_.empty()) {
        return std::nullopt;
    }
    const std::string bytes = read_all(path_of(graph_sha256));
    if (!is_whole(bytes, kLists.size() * nodes)) {
        return std::nullopt;
    }
    DayBetweenness values;
    const char* next = bytes.data();
    for (const auto list : kLists) {
        (values.*list).resize(nodes);
        std::memcpy((values.*list).data(), next, nodes * sizeof(double));
        next += nodes * sizeof(double);
    }
    return values;
}

void BetweennessCache::keep(std::string_view graph_sha256, const DayBetweenness& values) const {
    if (folder_.empty()) {
        return;
    }
    std::error_code cannot;
    std::filesystem::create_directories(folder_, cannot);
    std::string bytes;
    for (const auto list : kLists) {
        bytes.append(reinterpret_cast<const char*>((values.*list).data()), (values.*list).size() * sizeof(double));
    }
    const auto digest = digest_of(bytes);
    bytes.append(reinterpret_cast<const char*>(digest.data()), digest.size());
    if (write_file_atomically(path_of(graph_sha256), bytes)) {
        forget_the_oldest(folder_);
    }
}

} // namespace mcp::adapters
