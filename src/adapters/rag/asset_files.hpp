#pragma once
#include "ports/assets.hpp"

#include <functional>
#include <shared_mutex>
#include <string>
#include <string_view>

namespace mcp::adapters {

/// RAG assets as files: `{folder}/reports/daily/{user}/{YYYYMMDD}.json`, files 0640, folders 0750, made when needed.
/// Several threads and processes may write at once, also the same file: one of the writers is the last.
/// Whatever else lies in these folders is left alone.
class AssetFiles final : public ports::Assets {
public:
    explicit AssetFiles(const std::string& folder) : daily_(folder + "/reports/daily") {}

    [[nodiscard]] Result<void> write(std::string_view user_id, Day day, std::string_view document) override;
    [[nodiscard]] Result<std::int64_t> remove(std::string_view user_id) override;
    [[nodiscard]] Result<std::int64_t> sweep(Time before) override;

private:
    struct Removal;
    [[nodiscard]] Result<void> write_once(const std::string& folder, const std::string& path,
                                          std::string_view document);
    void clear(const std::string& folder, const std::function<bool(Day)>& is_due, Removal& removal);

    std::string daily_;
    std::shared_mutex
        beginning_; ///< shared: a writer makes its folder and file; alone: what is empty or left over goes
};

} // namespace mcp::adapters
