#include "tests/e2e/in_folder.hpp"
#include "tests/e2e/small_graph.hpp"
#include "tests/support/packed.hpp"

#include <gmock/gmock.h>

namespace mcp::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr int kWorldFailed = 1;
constexpr int kCallWrong = 2;

/// What the one line on standard error has to say, with plain spaces.
struct Told {
    std::string english;
    std::string french;
};

class BadInput : public InFolder {
protected:
    void SetUp() override {
        write("graph.json", SmallGraph{}.text());
        write("yesterday.json", SmallGraph{.updated = kToday - kOneDay}.text());
    }

    /// The call ends with this status, one line on standard error and nothing else, in both languages.
    void expect_refused(const std::string& call, int status, const Told& told) const {
        expect_one_line(call + " --lang en", status, told.english);
        expect_one_line(call + " --lang fr", status, told.french);
    }

    /// A report made from this file, and what `graph facts` says of it: the same.
    void expect_no_graph(const std::string& file, const Told& told) const {
        expect_refused("mcp-api report --node hub --graph " + file, kWorldFailed, told);
        expect_refused("mcp-api graph facts " + file, kWorldFailed, told);
    }

    void expect_report_refused(const std::string& options, int status, const Told& told) const {
        expect_refused("mcp-api report --graph graph.json --node hub " + options, status, told);
    }

private:
    void expect_one_line(const std::string& call, int status, const std::string& told) const {
        const Outcome outcome = run(call);
        EXPECT_EQ(outcome.status, status) << call;
        EXPECT_EQ(outcome.out, "") << call;
        EXPECT_EQ(count_lines(outcome.err), 1) << call << ": " << outcome.err;
        EXPECT_THAT(outcome.err, StartsWith("mcp-api: ")) << call;
        EXPECT_THAT(with_plain_spaces(outcome.err), HasSubstr(told)) << call;
    }
};

// Graph files.

TEST_F(BadInput, NoFile) {
    expect_no_graph("none.json", {"none.json: cannot be opened: no such file; check the path",
                                  "none.json : impossible de l'ouvrir : fichier introuvable"});
}

TEST_F(BadInput, AnEmptyFile) {
    write("empty.json", "");
    const Told told{"is empty; check the command that made it", "est vide ; vérifiez la commande qui l'a produit"};
    expect_no_graph("empty.json", {"empty.json: " + told.english, "empty.json : " + told.french});
    expect_no_graph("- </dev/null", {"standard input: " + told.english, "entrée standard : " + told.french});
}

TEST_F(BadInput, AFolder) {
    expect_no_graph("/", {"/: is a folder; name a file", "/ : est un dossier ; indiquez un fichier"});
}

TEST_F(BadInput, APackedFileCutShort) {
    const std::string whole = SmallGraph{}.text();
    for (const std::string& packed : {test::gzipped(whole), test::xz_packed(whole), test::zstd_packed(whole)}) {
        write("cut", packed.substr(0, 200));
        expect_no_graph("cut", {"cut: ends too early: the compressed data stops after byte 200; copy or download it",
                                "cut : s'arrête trop tôt : les données compressées finissent après l'octet "
                                "200 ; copiez-le ou téléchargez-le"});
    }
}

TEST_F(BadInput, TextCutShort) {
    const std::string whole = SmallGraph{}.text();
    write("cut.json", whole.substr(0, whole.rfind("capacity")));
    expect_no_graph("cut.json", {"cut.json: edges[6]: the JSON ends too early, at byte ",
                                 "cut.json : edges[6] : le JSON s'arrête trop tôt, à l'octet "});
}

TEST_F(BadInput, JsonOfSomethingElse) {
    write("info.json", R"({"identity_pubkey":"02","alias":"hub"})");
    expect_no_graph("info.json",
                    {"info.json: no channel graph (it has neither a list 'edges' nor a list 'channels'); known "
                     "are what 'lncli describegraph' prints, what '(lightning-cli listnodes; lightning-cli "
                     "listchannels)' prints, and Rapid Gossip Sync snapshots",
                     "info.json : pas un graphe de canaux (il n'a ni liste « edges »"});
    write("list.json", "[1, 2]");
    expect_no_graph("list.json", {"list.json: no channel graph (the JSON at byte 0 is no object)",
                                  "list.json : pas un graphe de canaux (le JSON à l'octet 0"});
}

TEST_F(BadInput, HtmlInsteadOfJson) {
    write("page.html", "<!DOCTYPE html>\n<html><body>Sign in</body></html>");
    expect_no_graph("page.html",
                    {"page.html: is not JSON (wrong after byte 0); make it anew, and check that it is the right file",
                     "page.html : n'est pas du JSON (incorrect après l'octet 0) ; refaites-le"});
}

TEST_F(BadInput, AGraphWithoutChannels) {
    write("young.json", R"({"nodes":[],"edges":[]})");
    expect_no_graph("young.json", {"young.json: a graph without channels; wait until the node has synchronised",
                                   "young.json : un graphe sans canaux ; attendez que le nœud"});
}

TEST_F(BadInput, BracketsWithoutEnd) {
    write("deep.json", R"({"nodes":)" + std::string(200'000, '['));
    expect_no_graph("deep.json", {"more than 64 brackets within each other after byte 7; this is no answer",
                                  "plus de 64 crochets imbriqués après l'octet 7 ; ce n'est pas la réponse"});
}

// Which node.

TEST_F(BadInput, AnUnknownNode) {
    const std::string call = "mcp-api report --graph graph.json --node ";
    expect_refused(call + "alicia", kWorldFailed,
                   {"no node called 'alicia' in this graph; the nearest is 'Alice' (" + key(2) + ")",
                    "aucun nœud nommé « alicia » dans ce graphe ; le plus proche est « Alice"});
    expect_refused(call + "zzzzzzzz", kWorldFailed,
                   {"check the name, or give the public key", "vérifiez le nom, ou donnez la clé publique"});
    expect_refused(call + key(9), kWorldFailed,
                   {"no node with the key " + key(9) + " in this graph; check the key, or use a newer graph",
                    "aucun nœud de clé " + key(9)});
}

TEST_F(BadInput, AnAliasOfSeveralNodes) {
    expect_refused("mcp-api report --graph graph.json --node twin", kWorldFailed,
                   {"2 nodes fit 'twin'; give the public key of one of them: " + key(5) + " ('twin', 1 channel, ",
                    "2 nœuds correspondent à « twin » ; donnez la clé publique"});
}

// Days.

TEST_F(BadInput, AHistoryFileNewerThanTheGraph) {
    expect_refused("mcp-api report --node hub --graph yesterday.json --history graph.json", kCallWrong,
                   {"graph.json: its day, 24 October 2025, is not before that of the report, 23 October 2025; "
                    "--history takes older graphs",
                    "graph.json : son jour, le 24 octobre 2025, ne précède pas celui du rapport"});
}

TEST_F(BadInput, AHistoryFileGivenTwice) {
    expect_report_refused("--history yesterday.json --history yesterday.json", kCallWrong,
                          {"yesterday.json: a graph of 23 October 2025 was given already; keep one a day",
                           "yesterday.json : un graphe du 23 octobre 2025 a déjà été donné"});
}

TEST_F(BadInput, AHistoryFileThatIsNoGraph) {
    write("page.html", "<html>");
    expect_report_refused("--history page.html", kWorldFailed,
                          {"page.html: is not JSON", "page.html : n'est pas du JSON"});
}

TEST_F(BadInput, HistoryIsToldBeforeAnythingIsComputed) {
    const Outcome outcome =
        run("mcp-api report --progress --graph graph.json --node hub --history yesterday.json --history none.json");
    EXPECT_EQ(outcome.status, kWorldFailed);
    EXPECT_THAT(outcome.err, HasSubstr("reading yesterday.json"));
    EXPECT_THAT(outcome.err, Not(HasSubstr("computing")));
}

TEST_F(BadInput, DatesThatDisagree) {
    expect_report_refused("--date 2025-10-20", kCallWrong,
                          {"--date 20 October 2025 is more than a day off: the newest update in graph.json is of 24 "
                           "October 2025; leave --date out or give that day's graph",
                           "--date 20 octobre 2025 s'écarte de plus d'un jour : la dernière mise à jour"});
}

TEST_F(BadInput, ADateThatIsNone) {
    for (const std::string date : {"2025-02-30", "24.10.2025", "yesterday"}) {
        expect_report_refused("--date " + date, kCallWrong,
                              {"--date takes a day such as 2025-10-25, not '" + date + "'",
                               "--date attend un jour tel que 2025-10-25, pas « " + date});
    }
}

TEST_F(BadInput, AnUndatedGraph) {
    write("undated.json", SmallGraph{.updated = 0}.text());
    expect_refused("mcp-api report --node hub --graph undated.json", kWorldFailed,
                   {"undated.json: the graph carries no update times, so its day is unknown: give it with --date YYYY",
                    "undated.json : le graphe ne porte aucune date de mise à jour"});
    expect_report_refused("--history undated.json", kWorldFailed,
                          {"undated.json: an older graph needs update times to be placed in time; leave it out",
                           "undated.json : un graphe plus ancien a besoin de dates"});
}

// The call.

TEST_F(BadInput, FormatsThatComeLater) {
    for (const std::string format : {"html", "pdf"}) {
        expect_report_refused("--format " + format, kCallWrong,
                              {"--format " + format + " is not built in yet; choose text or json",
                               "--format " + format + " n'est pas encore intégré ; choisissez text ou json"});
    }
    expect_report_refused("--format xml", kCallWrong,
                          {"--format takes text, json, not 'xml'", "--format accepte text, json, pas « xml"});
}

TEST_F(BadInput, AReportOfNothing) {
    expect_refused("mcp-api report --node hub", kCallWrong,
                   {"no graph: give a file by --graph ('lncli describegraph > graph.json' makes one", "pas de graphe"});
    expect_refused("mcp-api report --graph graph.json", kCallWrong,
                   {"no node given; --node takes a public key, 8 digits", "aucun nœud indiqué ; --node attend"});
}

TEST_F(BadInput, StandardInputAskedForTwice) {
    const Told told{"'-' can stand for one graph only", "« - » ne peut désigner qu'un seul graphe"};
    expect_refused("mcp-api report --node hub --graph - --history - <graph.json", kCallWrong, told);
    expect_report_refused("--history - --history - <graph.json", kCallWrong, told);
    expect_refused("mcp-api graph diff - - <graph.json", kCallWrong, told);
}

// Where the report goes. What was there must stay, and nothing half-written beside it.

TEST_F(BadInput, OutIntoAMissingFolder) {
    expect_report_refused("--out missing/report.txt", kWorldFailed,
                          {"missing/report.txt: cannot be written: no such folder; make it first, or check the path",
                           "missing/report.txt : impossible de l'écrire : dossier introuvable"});
    EXPECT_EQ(names(), "graph.json\nyesterday.json\n");
}

TEST_F(BadInput, OutOntoAFolder) {
    expect_report_refused("--out /", kWorldFailed, {"/: is a folder; name a file", "/ : est un dossier"});
}

TEST_F(BadInput, OutBelowAFile) {
    expect_report_refused("--out graph.json/report.txt", kWorldFailed,
                          {"graph.json/report.txt: cannot be written: a part of the path is no folder",
                           "graph.json/report.txt : impossible de l'écrire : une partie du chemin"});
}

TEST_F(BadInput, OutWhereNobodyMayWrite) {
    expect_report_refused("--out /proc/report.txt", kWorldFailed,
                          {"/proc/report.txt: cannot be written: ", "/proc/report.txt : impossible de l'écrire"});
}

TEST_F(BadInput, OutIsToldBeforeAnythingIsRead) {
    const Outcome outcome = run("mcp-api report --progress --graph graph.json --node hub --out missing/report.txt");
    EXPECT_THAT(outcome.err, Not(HasSubstr("reading")));
}

TEST_F(BadInput, OutOnAFullDevice) {
    expect_report_refused("--out /dev/full", kWorldFailed,
                          {"/dev/full: cannot be written: no space left; free some and try again",
                           "/dev/full : impossible de l'écrire : plus d'espace disponible"});
}

/// As a disk that fills up: the write fails half way, after 1,024 bytes.
TEST_F(BadInput, OutCutOffHalfWayLeavesWhatWasThere) {
    write("report.txt", "yesterday's");
    expect_refused("ulimit -f 1; mcp-api report --graph graph.json --node hub --out report.txt", kWorldFailed,
                   {"report.txt: cannot be written: it would be larger than allowed here; see 'ulimit -f'; nothing was",
                    "report.txt : impossible de l'écrire : il dépasserait la taille permise ici"});
    EXPECT_EQ(folder_.content("report.txt"), "yesterday's");
    EXPECT_EQ(names(), "graph.json\nreport.txt\nyesterday.json\n");
}

TEST_F(BadInput, AFullStandardOutput) {
    expect_report_refused(">/dev/full", kWorldFailed,
                          {"cannot write to standard output: the device is full or closed",
                           "impossible d'écrire sur la sortie standard : périphérique plein ou fermé"});
}

TEST_F(BadInput, APipeThatNobodyReadsEndsTheReportQuietly) {
    const Outcome outcome = run("mcp-api report --graph graph.json --node hub | true; echo ${PIPESTATUS[0]}");
    EXPECT_EQ(outcome.out, "141\n");
    EXPECT_EQ(outcome.err, "");
}

/// The graph comes from a pipe that stays open, so that the program is at work when the signal comes.
TEST_F(BadInput, CtrlCLeavesNoFile) {
    write("report.txt", "yesterday's");
    const Told told{"mcp-api: interrupted: nothing was written\n", "mcp-api: interrompu : rien n'a été écrit\n"};
    for (const auto& [language, line] : {std::pair("en", told.english), std::pair("fr", told.french)}) {
        const Outcome outcome = run(std::string("mkfifo pipe; set -m; " MCP_PROGRAM
                                                " report --graph pipe --node hub --out report.txt --lang ") +
                                    language + " & exec 3>pipe; rm pipe; kill -INT $!; wait $! 2>/dev/null; echo $?");
        EXPECT_EQ(outcome.out, "130\n");
        EXPECT_THAT(with_plain_spaces(outcome.err), HasSubstr("\n" + line));
    }
    EXPECT_EQ(folder_.content("report.txt"), "yesterday's");
    EXPECT_EQ(names(), "graph.json\nreport.txt\nyesterday.json\n");
}

} // namespace
} // namespace mcp::e2e
