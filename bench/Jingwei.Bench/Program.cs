using System.Globalization;
using Jingwei.Bench.Epcis;
using Jingwei.Bench.Indicators;
using Jingwei.Bench.Likeness;

if (args is not [("indicators" or "likeness" or "epcis") and var bench, .. var rest])
{
    await Console.Error.WriteLineAsync("Usage: Jingwei.Bench indicators [MACHINES] [DAYS] [SEED]\n       Jingwei.Bench likeness [INCIDENTS] [SEED]\n       Jingwei.Bench epcis [EVENTS]");
    return 2;
}

int Number(int at, int usual) => rest.Length > at ? int.Parse(rest[at], CultureInfo.InvariantCulture) : usual;

var right = bench switch
{
    "indicators" => await ExactMonth.RunAsync(Number(0, 1000), Number(1, 31), Number(2, 1)),
    "likeness" => NearestRun.Run(Number(0, 100_000), Number(1, 1), Console.Out),
    _ => EventRun.Run(Number(0, 1_000), Console.Out),
};
return right ? 0 : 1;
