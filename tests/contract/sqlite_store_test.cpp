#include "adapters/store/sqlite/sqlite_store.hpp"
#include "tests/contract/store_contract.hpp"
#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace mcp::test {
namespace {

class SqliteWorld final : public StoreWorld {
public:
    explicit SqliteWorld(bool threads) : threads_(threads) { open(); }

    ports::Store& store() override { return *store_; }
    void reopen() override {
        store_.reset();
        open();
    }
    bool holds(std::string_view bytes) override {
        for (const auto& entry : std::filesystem::directory_iterator(folder_.path("data"))) {
            std::ifstream file(entry.path(), std::ios::binary);
            const std::string content{std::istreambuf_iterator<char>(file), {}};
            if (content.find(bytes) != std::string::npos) {
                return true;
            }
        }
        return false;
    }

private:
    void open() {
        auto opened = adapters::SqliteStore::open(folder_.path("data"), adapters::StoreMode::create_and_migrate,
                                                  {.threads = threads_, .is_safe = false});
        if (!opened) {
            throw std::runtime_error("cannot open: " + std::string(opened.error().what.key));
        }
        store_ = std::move(*opened);
    }

    bool threads_;
    TemporaryFolder folder_;
    std::unique_ptr<adapters::SqliteStore> store_;
};

StoreAdapter sqlite(std::string name, bool threads) {
    return {.name = std::move(name), .make = [threads] { return std::make_unique<SqliteWorld>(threads); }};
}

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract,
                         testing::Values(sqlite("WithThreads", true), sqlite("OnTheCallersThread", false)),
                         [](const auto& adapter) { return adapter.param.name; });

} // namespace
} // namespace mcp::test
