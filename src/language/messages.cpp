#include "language/messages.hpp"

namespace mcp::language {
namespace {

// Grouped by section; a row is {key, English, French}. Keep the two equally good.
// clang-format off
constexpr MessageRow kMessages[] = {
    // Errors: what, where, what to do.
    {"error.interrupted", "interrupted: nothing was written", "interrompu : rien n'a été écrit"},

    // The command line: what is wrong with a call.
    {"error.standard_output", "cannot write to standard output: the device is full or closed", "impossible d'écrire sur la sortie standard : périphérique plein ou fermé"},
    {"error.internal", "internal error ({fault}): please report it with the command you ran", "erreur interne ({fault}) : merci de la signaler avec la commande exécutée"},
    {"usage.fault", "{fault}", "{fault}"},
    {"usage.value_missing", "{option} needs a value", "{option} attend une valeur"},
    {"usage.lang", "--lang takes fr or en, not '{given}'", "--lang accepte fr ou en, pas « {given} »"},
    {"usage.format", "--format takes {known}, not '{given}'", "--format accepte {known}, pas « {given} »"},
    {"usage.no_command", "no command given; '{call} --help' lists them", "aucune commande indiquée ; « {call} --help » en donne la liste"},
    {"usage.unknown_command", "unknown command '{word}': {hints}", "commande inconnue « {word} » : {hints}"},
    {"usage.unknown_option", "unknown option '{word}': {hints}", "option inconnue « {word} » : {hints}"},
    {"usage.too_many_words", "one word too many, '{word}': {hints}", "un mot de trop, « {word} » : {hints}"},
    {"usage.meant", "did you mean '{word}'?", "vouliez-vous dire « {word} » ?"},
    {"usage.see_help", "see '{call} --help'", "voir « {call} --help »"},
    {"usage.no_graph", "no graph file given; 'lncli describegraph > graph.json' makes one, '-' reads standard input", "aucun fichier de graphe indiqué ; « lncli describegraph > graph.json » en produit un, « - » lit l'entrée standard"},

    // Comparing two graphs.
    {"error.diff_without_ids", "the graph has no short channel ids, only positions: its channels cannot be followed from day to day; use a graph from 'lncli describegraph'", "le graphe n'a pas d'identifiants de canal, seulement des positions : ses canaux ne peuvent pas être suivis d'un jour à l'autre ; utilisez un graphe de « lncli describegraph »"},
    {"error.diff_wrong_order", "the first graph ({older}) is newer than the second ({newer}): give the older one first", "le premier graphe ({older}) est plus récent que le second ({newer}) : donnez d'abord le plus ancien"},

    // Help.
    {"help.about", "What the public channel graph says of a Lightning node and of its network.\n", "Ce que le graphe public des canaux dit d'un nœud Lightning et de son réseau.\n"},
    {"help.usage", "Usage:", "Usage :"},
    {"help.arguments", "Arguments", "Arguments"},
    {"help.options", "Options", "Options"},
    {"help.commands", "Commands", "Commandes"},
    {"help.examples", "Examples:", "Exemples :"},
    {"help.options_placeholder", "options", "options"},
    {"help.command_placeholder", "COMMAND ...", "COMMANDE ..."},
    {"help.help", "show this help", "afficher cette aide"},
    {"help.version", "show the version", "afficher la version"},
    {"help.lang", "language of texts and errors", "langue des textes et des erreurs"},
    {"help.progress", "tell each step on standard error", "annoncer chaque étape sur la sortie d'erreur"},
    {"help.format", "shape of the output, text by default", "forme de la sortie, text par défaut"},
    {"help.graph_file", "graph of lncli describegraph; - is standard input", "graphe de lncli describegraph ; - : entrée standard"},
    {"help.graph", "the whole network, from a graph file", "le réseau entier, d'après un fichier de graphe"},
    {"help.graph_facts", "totals of the network, or a CSV row for each node", "totaux du réseau, ou une ligne CSV par nœud"},
    {"help.graph_facts.examples",
     "  lncli describegraph | mcp-api graph facts -\n"
     "  mcp-api graph facts graph.json.xz --format json\n"
     "  mcp-api graph facts graph.json --format csv > nodes.csv\n"
     "\n"
     "In the CSV an alias that a spreadsheet would take for a formula (it begins\n"
     "with = + - or @) stands behind an apostrophe; what is absent is left empty.",
     "  lncli describegraph | mcp-api graph facts -\n"
     "  mcp-api graph facts graph.json.xz --format json\n"
     "  mcp-api graph facts graph.json --format csv > noeuds.csv\n"
     "\n"
     "Dans le CSV, un alias qu'un tableur prendrait pour une formule (il commence\n"
     "par = + - ou @) est précédé d'une apostrophe ; ce qui est absent reste vide."},
    {"help.footer",
     "Data goes to standard output, remarks to standard error.\n"
     "Exit status: 0 done, 1 a file or the system failed, 2 the call was wrong.\n"
     "'mcp-api COMMAND --help' tells more of one command.",
     "Les données vont sur la sortie standard, les remarques sur la sortie d'erreur.\n"
     "Code de retour : 0 fait, 1 fichier ou système en défaut, 2 appel incorrect.\n"
     "« mcp-api COMMANDE --help » en dit plus sur une commande."},

    // Progress of long commands.
    {"progress.betweenness", "computing betweenness of every node (four times)", "calcul de l'intermédiarité de chaque nœud (quatre fois)"},

    // The network's totals (graph facts).
    {"facts.title", "The Lightning network on {as_of}", "Le réseau Lightning au {as_of}"},
    {"facts.title_undated", "The Lightning network, from a graph without dates", "Le réseau Lightning, d'après un graphe sans dates"},
    {"facts.figure", "{value}", "{value}"},
    {"facts.share", "{value}", "{value}"},
    {"facts.nodes", "Nodes", "Nœuds"},
    {"facts.nodes_with_channels", "  with channels", "  ayant des canaux"},
    {"facts.channels", "Channels", "Canaux"},
    {"facts.channels_usable", "  usable", "  utilisables"},
    {"facts.channels_silent", "  silent for 14 days", "  muets depuis 14 jours"},
    {"facts.capacity", "Capacity", "Capacité"},
    {"facts.capacity_usable", "  of usable channels", "  des canaux utilisables"},
    {"facts.fee_p10", "Fee rate in ppm, cheapest 10%", "Taux de frais en ppm, 10 % les moins chers"},
    {"facts.fee_median", "  median", "  médiane"},
    {"facts.fee_p90", "  dearest 10%", "  10 % les plus chers"},
    {"facts.in_market", "Directions counted in it", "Directions qui y comptent"},
    {"facts.not_announced", "  left out: never announced", "  écartées : jamais annoncées"},
    {"facts.disabled", "  left out: disabled", "  écartées : désactivées"},
    {"facts.silent", "  left out: older than 14 days", "  écartées : plus de 14 jours"},
    {"facts.forbidding", "  left out: 5000 ppm or more", "  écartées : 5000 ppm ou plus"},
    {"definition.as_of", "time of the newest update in the graph: ages are measured from it; null in a graph without dates", "heure de la mise à jour la plus récente du graphe : les âges se mesurent à partir d'elle ; null si le graphe n'a pas de dates"},
    {"definition.nodes", "announced nodes, and nodes seen only as an end of a channel", "nœuds annoncés, et nœuds vus seulement au bout d'un canal"},
    {"definition.nodes_with_channels", "nodes with at least one public channel", "nœuds ayant au moins un canal public"},
    {"definition.channels", "public channels, each counted once", "canaux publics, chacun compté une fois"},
    {"definition.channels_usable", "A channel is usable when both ends announced it enabled and, where the graph has dates, the newer of both updates is at most 14 days old.", "Un canal est utilisable quand ses deux bouts l'ont annoncé actif et que, si le graphe a des dates, la plus récente des deux mises à jour a au plus 14 jours."},
    {"definition.channels_silent", "channels whose newer update is older than 14 days; null in a graph without dates", "canaux dont la mise à jour la plus récente a plus de 14 jours ; null si le graphe n'a pas de dates"},
    {"definition.channels_without_capacity", "channels whose size the graph does not tell: they are not in the capacity", "canaux dont le graphe ne dit pas la taille : ils ne comptent pas dans la capacité"},
    {"definition.capacity_sats", "sum of the known channel sizes", "somme des tailles de canal connues"},
    {"definition.capacity_usable_sats", "sum of the known sizes of usable channels", "somme des tailles connues des canaux utilisables"},
    {"definition.fee_ppm", "Fee rates are those of directions announced, enabled, not older than 14 days (where the graph has dates) and below 5000 ppm; each direction counts once, whatever its size.", "Les taux de frais sont ceux des directions annoncées, actives, datant d'au plus 14 jours (si le graphe a des dates) et sous 5000 ppm ; chaque direction compte une fois, quelle que soit sa taille."},
    {"definition.directions", "two for each channel: those in the market figures, and the others by the first reason that leaves them out; silent is null in a graph without dates", "deux par canal : celles que comptent les chiffres du marché, et les autres selon la première raison de les écarter ; silent est null si le graphe n'a pas de dates"},
};
// clang-format on

} // namespace

std::span<const MessageRow> messages() {
    return kMessages;
}

} // namespace mcp::language
