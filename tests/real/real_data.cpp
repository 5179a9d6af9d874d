#include "tests/real/real_data.hpp"

#include "adapters/sources/gossip_file.hpp"
#include "language/language.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <stdexcept>

namespace mcp::real {
namespace {

template <typename T>
T value_or_throw(Result<T> result) {
    if (!result) {
        throw std::runtime_error(language::render(result.error(), language::Language::en));
    }
    return *std::move(result);
}

} // namespace

std::string data_file(const std::string& name) {
    return MCP_SOURCE_DIR "/../shared/data/" + name;
}

bool is_there(const std::string& name) {
    return std::filesystem::exists(data_file(name));
}

std::string october_file(int day) {
    return fmt::format("graph/lnd-2025-10-{}.describegraph.json.xz", day);
}

const domain::Network& october(int day) {
    static std::map<int, domain::Network> loaded;
    const auto known = loaded.find(day);
    if (known != loaded.end()) {
        return known->second;
    }
    return loaded.emplace(day, value_or_throw(adapters::load_graph(data_file(october_file(day)))).network)
        .first->second;
}

std::string read_unpacked(const std::string& path) {
    const auto file = value_or_throw(adapters::UnpackedFile::open(path));
    std::string text;
    for (std::string_view piece = value_or_throw(file->next()); !piece.empty(); piece = value_or_throw(file->next())) {
        text += piece;
    }
    return text;
}

} // namespace mcp::real
