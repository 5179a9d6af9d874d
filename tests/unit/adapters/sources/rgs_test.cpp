#include "adapters/sources/gossip_file.hpp"
#include "adapters/sources/rgs_parser.hpp"
#include "tests/support/network_text.hpp"
#include "tests/support/rgs_bytes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace mcp::adapters {
namespace {

using domain::Network;
using test::kRgsTime;
using test::RgsWriter;
using testing::HasSubstr;

constexpr std::uint32_t kDay = 86'400;

Network read(const std::string& bytes) {
    Result<Network> network = parse_graph(bytes);
    EXPECT_TRUE(network.has_value()) << (network ? "" : test::error_text(network.error()));
    return network ? std::move(*network) : Network{};
}

std::string refusal(const std::string& bytes) {
    const Result<Network> network = parse_graph(bytes);
    return network ? "was read" : test::error_text(network.error());
}

/// A head with one node each for 1 and 2, and whatever announcements follow.
RgsWriter two_nodes(std::uint8_t version = 1) {
    return RgsWriter::head(version, kRgsTime).nodes(2);
}

std::string with_one_update(std::uint64_t min_htlc, std::uint64_t max_htlc) {
    RgsWriter made = two_nodes();
    made.u32(1).channel(7, 0, 1).u32(1).defaults(40, min_htlc, 1, 2, max_htlc).update(7, 0);
    return made.bytes;
}

/// Only changes: of channel 1000, direction 0.
std::string changes(std::uint32_t latest_seen, std::uint8_t flags, const std::string& fields) {
    RgsWriter made = RgsWriter::head(1, latest_seen);
    made.u32(0).u32(0).u32(1).defaults(0, 0, 0, 0, 0).update(1000, flags).text(fields);
    return made.bytes;
}

TEST(Rgs, ReadsChannelsAndUpdatesWithTheirDefaults) {
    const Network network = read(test::rgs_graph());
    ASSERT_EQ(network.channels.size(), 2u);
    EXPECT_EQ(network.nodes.size(), 3u);
    EXPECT_EQ(network.channels[0].id.value, 1000u);
    EXPECT_EQ(network.channels[1].id.value, 1005u);
    EXPECT_EQ(test::text_of(network.channels[0].policy[0]),
              "1000+100ppm in 0+0 min 1000 max 500000000 cltv 40 on never");
    EXPECT_EQ(test::text_of(network.channels[0].policy[1]),
              "1000+250ppm in 0+0 min 1000 max 500000000 cltv 40 off never");
    EXPECT_EQ(network.channels[1].policy[0], std::nullopt);
    EXPECT_EQ(test::text_of(network.channels[1].policy[1]), "1000+100ppm in 0+0 min 1000 max -1 cltv 80 on never");
    EXPECT_EQ(network.notes.first_broken, "");
}

TEST(Rgs, DatesTheGraphButNoUpdateAndKnowsNoCapacityFromALimit) {
    const Network network = read(test::rgs_graph());
    EXPECT_EQ(network.as_of, Time(std::chrono::seconds(kRgsTime)));
    EXPECT_FALSE(network.dates_updates());
    EXPECT_FALSE(network.tells.addresses);
    EXPECT_FALSE(network.tells.inbound_fees);
    for (const domain::Channel& channel : network.channels) {
        EXPECT_EQ(channel.capacity, std::nullopt);
        EXPECT_EQ(channel.updated, std::nullopt);
    }
    EXPECT_TRUE(read(test::rgs_graph(2)).tells.addresses);
}

TEST(Rgs, PutsTheSmallerKeyFirstAndItsPolicyWithIt) {
    RgsWriter made = two_nodes();
    made.u32(1).channel(7, 1, 0).u32(1).defaults(40, 1, 11, 22, 0).update(7, 0);
    const Network network = read(made.bytes);
    ASSERT_EQ(network.channels.size(), 1u);
    EXPECT_LT(network.nodes[network.channels[0].node[0]].key, network.nodes[network.channels[0].node[1]].key);
    EXPECT_EQ(network.channels[0].policy[0], std::nullopt);
    EXPECT_EQ(network.channels[0].policy[1]->base_fee, Msat{11});
}

TEST(Rgs, ReadsAddressesFeaturesAndExtraDataOfVersion2) {
    RgsWriter made;
    made.text("LDK").u8(2).text(std::string(32, 'c')).u32(kRgsTime).u8(1).u16(2).text("ff");
    made.u32(3);
    made.key(1, 4 | 1 << 3 | 128);                                 // addresses, features 1, extra
    made.u8(3).u8(7).text("\x01\x7f").u8(0).u8(0).u8(1).u16(9735); // 127.0.0.1
    made.u8(4).text("\x09\x01\x02\x03");                           // a kind of the future
    made.u8(13).text("\x03").text(std::string(10, '\0')).u16(80);  // an old onion
    made.u16(5).text("extra");
    made.key(2, 64);                                                                                   // a reminder
    made.key(3, 4 | 7 << 3).u8(1).u8(15).text("\x05\x0b").text("example.org").u16(1).u16(1).text("f"); // own features
    made.u32(1).u16(0).big_size(7).big_size(0).big_size(1ULL << 63 | 2).u16(5).text("\xfe").u32(70'000);
    made.u32(2).defaults(0, 0, 0, 6, 0).update(7, 0).update(0, 0).u16(3).text("???");
    const Network network = read(made.bytes);
    ASSERT_EQ(network.nodes.size(), 2u);
    EXPECT_EQ(network.nodes[0].address, "127.0.0.1:9735");
    EXPECT_TRUE(network.nodes[0].has_clearnet && network.nodes[0].has_tor);
    EXPECT_EQ(network.nodes[1].address, "example.org:1");
    EXPECT_FALSE(network.nodes[1].has_tor);
    EXPECT_EQ(network.channels.at(0).capacity, Sat{70'000});
    EXPECT_EQ(network.channels[0].policy[0]->fee_rate, Ppm{6});
    EXPECT_EQ(network.notes.first_broken, "");
}

TEST(Rgs, TakesAnUpdateOfTheSameDirectionInVersion1ForAnUpdate) {
    RgsWriter made = two_nodes(1);
    made.u32(1).channel(7, 0, 1).u32(2).defaults(0, 0, 0, 6, 0).update(7, 0).update(0, 8).u32(9);
    EXPECT_EQ(read(made.bytes).channels.at(0).policy[0]->fee_rate, Ppm{6}); // the first of two equally old ones
}

TEST(Rgs, AppliesChangesToWhatWasToldBefore) {
    const std::string rate_7 = RgsWriter().u32(7).bytes;
    const Network network = read(test::rgs_graph() + changes(kRgsTime + kDay, 128 | 8, rate_7));
    EXPECT_EQ(test::text_of(network.channels[0].policy[0]), "1000+7ppm in 0+0 min 1000 max 500000000 cltv 40 on never");
    EXPECT_EQ(network.as_of, Time(std::chrono::seconds(kRgsTime + kDay)));
    const Network disabled = read(test::rgs_graph() + changes(kRgsTime + kDay, 128 | 2, ""));
    EXPECT_TRUE(disabled.channels[0].policy[0]->disabled);
    EXPECT_EQ(disabled.channels[0].policy[0]->fee_rate, Ppm{100});
}

TEST(Rgs, CountsChangesOfWhatWasNeverTold) {
    const Network network = read(test::rgs_graph() + changes(kRgsTime + kDay, 128 | 8, RgsWriter().u32(7).bytes) +
                                 RgsWriter::head(1, kRgsTime + 2 * kDay)
                                     .u32(0)
                                     .u32(0)
                                     .u32(2)
                                     .defaults(0, 0, 0, 0, 0)
                                     .update(999, 0)     // no such channel
                                     .update(6, 128 | 0) // 1005 never had this direction
                                     .bytes);
    EXPECT_EQ(network.notes.stray_updates, 2u);
    EXPECT_EQ(network.channels[1].policy[0], std::nullopt);
}

TEST(Rgs, DropsWhatTheServerHasNotMentionedForAWeek) {
    const auto later = [](std::uint32_t days, const std::string& more = "") {
        return test::rgs_graph() + more + changes(kRgsTime + days * kDay, 128, "");
    };
    EXPECT_EQ(read(later(7)).channels.size(), 2u);
    EXPECT_EQ(refusal(later(8)),
              "a Rapid Gossip Sync snapshot without channels, as one of changes only is; put the whole "
              "one (/snapshot/0) before it");
    const std::string reminder = RgsWriter::head(1, kRgsTime + 5 * kDay)
                                     .u32(0)
                                     .u32(0)
                                     .u32(2)
                                     .defaults(0, 0, 0, 0, 0)
                                     .update(1000, 128)
                                     .update(0, 129)
                                     .bytes;
    const Network reminded = read(later(8, reminder));
    ASSERT_EQ(reminded.channels.size(), 1u);
    EXPECT_EQ(reminded.channels[0].id.value, 1000u);
    EXPECT_EQ(reminded.nodes.size(), 2u) << "the third node has no channel left";
}

TEST(Rgs, SaysWhatASnapshotOfChangesOnlyLacks) {
    EXPECT_THAT(refusal(changes(kRgsTime, 128, "")), HasSubstr("put the whole one (/snapshot/0) before it"));
}

TEST(Rgs, RefusesOtherVersionsAndNamesThoseItKnows) {
    EXPECT_EQ(
        refusal(RgsWriter::head(3, kRgsTime).bytes),
        "byte 0: a Rapid Gossip Sync snapshot of version 3; versions 1 and 2 are known: look for a newer mcp-api, "
        "or ask the server for version 2");
    EXPECT_THAT(refusal(std::string("LDK\0", 4)), HasSubstr("of version 0"));
}

TEST(Rgs, RefusesSnapshotsOutOfOrderAndOfOtherChains) {
    EXPECT_THAT(refusal(test::rgs_graph(1, kRgsTime) + test::rgs_graph(1, kRgsTime - 1)),
                HasSubstr("follows a newer one"));
    EXPECT_THAT(refusal(test::rgs_graph() + RgsWriter::head(1, kRgsTime, 'x').u32(0).u32(0).u32(0).bytes),
                HasSubstr("of another chain follows"));
}

TEST(Rgs, RefusesEveryCutAndSaysWhere) {
    const std::string whole = test::rgs_graph(2);
    for (std::size_t size = 4; size < whole.size(); ++size) {
        ASSERT_EQ(refusal(whole.substr(0, size)), "the Rapid Gossip Sync snapshot ends too early, at byte " +
                                                      std::to_string(size) + "; download it again");
    }
}

TEST(Rgs, CountsBytesBehindTheEndWithoutReadingThem) {
    EXPECT_EQ(read(test::rgs_graph() + "garbage").notes.unread_bytes, 7u);
    EXPECT_EQ(read(test::rgs_graph() + "LD").notes.unread_bytes, 2u);
    EXPECT_EQ(read(test::rgs_graph()).notes.unread_bytes, 0u);
}

TEST(Rgs, BelievesNoCountBeforeItsBytesHaveCome) {
    EXPECT_THAT(refusal(RgsWriter::head(1, kRgsTime).u32(UINT32_MAX).bytes), HasSubstr("more than 1,000,000 nodes"));
    EXPECT_THAT(refusal(two_nodes().u32(UINT32_MAX).bytes), HasSubstr("more than 1,000,000"));
    EXPECT_THAT(refusal(RgsWriter::head(1, kRgsTime).u32(1'000'000).bytes), HasSubstr("ends too early"));
    EXPECT_THAT(refusal(two_nodes().u32(1).channel(7, 0, 1).u32(UINT32_MAX).defaults(0, 0, 0, 0, 0).bytes),
                HasSubstr("ends too early"));
}

TEST(Rgs, RefusesNumbersThatCannotBe) {
    const std::string damaged =
        "the Rapid Gossip Sync snapshot is damaged (a number that cannot be); download it again";
    EXPECT_THAT(refusal(two_nodes().u32(1).channel(7, 0, 2).bytes), HasSubstr(damaged)) << "no such node";
    EXPECT_THAT(refusal(two_nodes().u32(1).channel(7, UINT64_MAX, 0).bytes), HasSubstr(damaged));
    EXPECT_THAT(refusal(two_nodes().u32(2).channel(UINT64_MAX, 0, 1).channel(1, 0, 1).bytes), HasSubstr(damaged));
    EXPECT_THAT(refusal(two_nodes()
                            .u32(1)
                            .channel(7, 0, 1)
                            .u32(2)
                            .defaults(0, 0, 0, 0, 0)
                            .update(7, 0)
                            .update(UINT64_MAX, 0)
                            .bytes),
                HasSubstr(damaged));
    EXPECT_EQ(refusal(two_nodes().u32(1).u16(0).u8(0xFD).u16(0xFC).bytes), "byte 114: " + damaged)
        << "a number in more bytes than it needs";
    EXPECT_THAT(refusal(RgsWriter::head(2, kRgsTime).u32(1).key(1, 2 << 3).bytes), HasSubstr(damaged))
        << "features that were not listed";
}

TEST(Rgs, LosesOnlyTheRecordThatCannotBeTaken) {
    RgsWriter made = RgsWriter::head(1, kRgsTime);
    made.u32(3).key(1).key(2).text(std::string(33, '\x05'));
    made.u32(3).channel(7, 0, 1).channel(1, 0, 2).channel(1, 1, 1);
    made.u32(3).defaults(0, 0, 0, 6, 0).update(7, 0).update(1, 0).update(1, 0);
    const Network network = read(made.bytes);
    EXPECT_EQ(network.channels.size(), 1u);
    EXPECT_EQ(test::text_of(network.notes), "broken 1/1/0 repeated 0/0 loops 1 unlisted 0 cleaned 0 future 0 private 0 "
                                            "stray 0 unread 0 first 'nodes[2]'");
}

TEST(Rgs, TakesAnImpossibleAmountForNoPolicyAndNoLimitForNone) {
    const Network huge = read(with_one_update(UINT64_MAX, 0));
    EXPECT_EQ(huge.channels.at(0).policy[0], std::nullopt);
    EXPECT_EQ(huge.notes.broken_policies, 1u);
    EXPECT_EQ(huge.notes.first_broken, "updates[0]");
    EXPECT_EQ(read(with_one_update(1, UINT64_MAX)).channels.at(0).policy[0]->max_htlc, std::nullopt);
    EXPECT_EQ(read(with_one_update(1, 5)).channels.at(0).policy[0]->max_htlc, Msat{5});
}

TEST(Rgs, ReadsTheSameHoweverTheBytesAreCut) {
    const std::string bytes = test::rgs_graph(2) + changes(kRgsTime + kDay, 128 | 8, RgsWriter().u32(7).bytes) + "LDx";
    const std::string whole = test::text_of(read(bytes));
    std::mt19937 chance(20251125);
    for (int round = 0; round < 200; ++round) {
        GraphParser parser;
        for (std::size_t from = 0; from < bytes.size();) {
            const std::size_t size = round < 20 ? static_cast<std::size_t>(round) + 1 : 1 + chance() % 97;
            ASSERT_TRUE(parser.write(std::string_view(bytes).substr(from, size)));
            from += size;
        }
        const Result<Network> network = parser.finish();
        ASSERT_TRUE(network) << test::error_text(network.error());
        ASSERT_EQ(test::text_of(*network), whole);
    }
}

TEST(Rgs, CanBeGivenTheNextChangesDaysLater) {
    RgsParser parser;
    ASSERT_TRUE(parser.write(test::rgs_graph()));
    ASSERT_TRUE(parser.finish());
    EXPECT_EQ(parser.graph().latest_seen(), Time(std::chrono::seconds(kRgsTime)));
    ASSERT_TRUE(parser.write(changes(kRgsTime + kDay, 128 | 8, RgsWriter().u32(7).bytes)));
    ASSERT_TRUE(parser.finish());
    const Result<Network> network = parser.graph().network();
    ASSERT_TRUE(network);
    EXPECT_EQ(network->channels[0].policy[0]->fee_rate, Ppm{7});
}

} // namespace
} // namespace mcp::adapters
