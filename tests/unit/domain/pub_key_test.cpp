#include "domain/pub_key.hpp"

#include <gtest/gtest.h>

namespace mcp::domain {
namespace {

constexpr const char* kAcinq = "03864ef025fde8fb587d989186ce6a4a186895ee44a926bfc370e2c366597a3f8f";

TEST(PubKey, IsReadFromHexAndWrittenBackInLowerCase) {
    const auto key = PubKey::parse("03864EF025fde8fb587d989186ce6a4a186895ee44a926bfc370e2c366597a3f8f");
    ASSERT_TRUE(key);
    EXPECT_EQ(key->hex(), kAcinq);
}

TEST(PubKey, RefusesWhatIsNoCompressedPoint) {
    EXPECT_FALSE(PubKey::parse(""));
    EXPECT_FALSE(PubKey::parse(std::string(kAcinq).substr(1)));
    EXPECT_FALSE(PubKey::parse(std::string(kAcinq) + "0"));
    EXPECT_FALSE(PubKey::parse("04" + std::string(kAcinq).substr(2)));
    EXPECT_FALSE(PubKey::parse("03g" + std::string(kAcinq).substr(3)));
}

} // namespace
} // namespace mcp::domain
