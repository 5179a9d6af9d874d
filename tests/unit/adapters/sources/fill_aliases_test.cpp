#include "adapters/sources/fill_aliases.hpp"

#include "tests/support/graph_json.hpp"

#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

domain::Node node(std::uint32_t number, const char* alias, const char* address = "") {
    domain::Node made;
    made.key = *domain::PubKey::parse(test::key_hex(number));
    made.alias = alias;
    made.address = address;
    made.has_clearnet = *address != '\0';
    return made;
}

domain::Network network(std::vector<domain::Node> nodes, bool tells_addresses) {
    domain::Network made;
    made.nodes = std::move(nodes);
    made.tells.addresses = tells_addresses;
    made.index();
    return made;
}

TEST(FillAliases, NamesNodesThatHaveNoNameAsAnOlderGraphKnewThem) {
    domain::Network today = network({node(1, ""), node(2, "new"), node(3, "")}, true);
    fill_aliases(today, network({node(2, "old"), node(1, "one")}, true));
    EXPECT_EQ(today.nodes[0].alias, "one");
    EXPECT_EQ(today.nodes[1].alias, "new");
    EXPECT_EQ(today.nodes[2].alias, "");
}

TEST(FillAliases, TakesOlderAddressesOnlyWhereTodaysSourceTellsNone) {
    const domain::Network older = network({node(1, "one", "1.2.3.4:1")}, true);
    domain::Network silent = network({node(1, "")}, false);
    fill_aliases(silent, older);
    EXPECT_EQ(silent.nodes[0].address, "1.2.3.4:1");
    EXPECT_TRUE(silent.nodes[0].has_clearnet);
    EXPECT_FALSE(silent.tells.addresses) << "it is not what the node announces today";
    domain::Network telling = network({node(1, "")}, true);
    fill_aliases(telling, older);
    EXPECT_EQ(telling.nodes[0].address, "") << "the node announces none today";
}

} // namespace
} // namespace mcp::adapters
