using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Jingwei.Demo;
using Jingwei.Demo.Factory;
using Jingwei.Demo.Factory.Simulation;

var program = new DemoProgram("a printed-circuit-board factory");
var history = new Option<string>("--history") { Description = "past to fill in: 7d, 12h, 30m or 0", DefaultValueFactory = _ => "7d" };
var things = new Option<int>("--things") { Description = "number of machines, at least 8", DefaultValueFactory = _ => 40 };
var language = new Option<string>("--language") { Description = "language of names: zh or en", DefaultValueFactory = _ => "zh" };
language.AcceptOnlyFromAmong("zh", "en");
DemoProgram.Require(things, value => value >= Route.Operations.Count, "--things is 8 or more.");
DemoProgram.Require(history, value => Span(value) is not null, "--history is a number and d, h or m.");
DemoProgram.Require(program.Mqtt, value => Port(value) is not null, "--mqtt is host:port.");
program.Command.Add(history);
program.Command.Add(things);
program.Command.Add(language);
return await program.RunAsync(args, (parsed, start, journal) =>
{
    var settings = new Settings(
        start.Url,
        start.Mqtt[..start.Mqtt.LastIndexOf(':')].Trim('[', ']'),
        Port(start.Mqtt)!.Value,
        start.Token,
        start.Speed,
        start.Seed,
        Span(parsed.GetValue(history))!.Value,
        parsed.GetValue(things),
        parsed.GetValue(language) == "en");
    return new Demonstration(settings, TimeProvider.System, journal).RunAsync;
});

static int? Port(string? address) =>
    address?.LastIndexOf(':') is > 0 and var colon
        && int.TryParse(address[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port is > 0 and < 65536 ? port : null;

static TimeSpan? Span(string? text)
{
    if (text == "0")
    {
        return TimeSpan.Zero;
    }

    var match = Regex.Match(text ?? "", "^([0-9]{1,6})([dhm])$", RegexOptions.None, TimeSpan.FromSeconds(1));
    if (!match.Success)
    {
        return null;
    }

    var count = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    return match.Groups[2].Value switch { "d" => TimeSpan.FromDays(count), "h" => TimeSpan.FromHours(count), _ => TimeSpan.FromMinutes(count) };
}
