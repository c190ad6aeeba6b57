using System.Globalization;
using Jingwei.Bench.Indicators;

if (args is not ["indicators", .. var rest])
{
    await Console.Error.WriteLineAsync("Usage: Jingwei.Bench indicators [MACHINES] [DAYS] [SEED]");
    return 2;
}

int Number(int at, int usual) => rest.Length > at ? int.Parse(rest[at], CultureInfo.InvariantCulture) : usual;

return await ExactMonth.RunAsync(Number(0, 1000), Number(1, 31), Number(2, 1)) ? 0 : 1;
