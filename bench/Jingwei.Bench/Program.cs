using System.Globalization;
using Jingwei.Bench.Epcis;
using Jingwei.Bench.Indicators;
using Jingwei.Bench.Ledger;
using Jingwei.Bench.Likeness;

if (args is not [("epcis" or "indicators" or "ledger" or "likeness") and var bench, .. var rest])
{
    await Console.Error.WriteLineAsync(
        "Usage: Jingwei.Bench epcis [EVENTS]\n       Jingwei.Bench indicators [MACHINES] [DAYS] [SEED]\n       Jingwei.Bench ledger [ENTRIES] [BATCH] [SEED]\n       Jingwei.Bench likeness [INCIDENTS] [SEED]");
    return 2;
}

int Number(int at, int usual) => rest.Length > at ? int.Parse(rest[at], CultureInfo.InvariantCulture) : usual;

using var ledger = bench == "ledger" ? new LedgerRun(Number(0, 10_000_000), Number(1, 1000), Number(2, 1), Console.Out) : null;
var right = bench switch
{
    "epcis" => EventRun.Run(Number(0, 1_000), Console.Out),
    "indicators" => await ExactMonth.RunAsync(Number(0, 1000), Number(1, 31), Number(2, 1)),
    "likeness" => NearestRun.Run(Number(0, 100_000), Number(1, 1), Console.Out),
    _ => ledger!.Run(),
};
return right ? 0 : 1;
