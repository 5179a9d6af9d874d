// The store that the tests of flows and of the API stand on is held to the same promises as the real ones.
#include "tests/contract/store_contract.hpp"
#include "tests/support/fake_store.hpp"

namespace mcp::test {
namespace {

class FakeWorld final : public StoreWorld {
public:
    ports::Store& store() override { return store_; }
    void reopen() override {} // its memory is all that it has
    bool holds(std::string_view bytes) override { return store_.holds(bytes); }

private:
    FakeStore store_;
};

INSTANTIATE_TEST_SUITE_P(Fake, StoreContract,
                         testing::Values(StoreAdapter{"InMemory", [] { return std::make_unique<FakeWorld>(); }}),
                         [](const auto& adapter) { return adapter.param.name; });

} // namespace
} // namespace mcp::test
