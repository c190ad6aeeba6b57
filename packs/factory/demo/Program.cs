using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using Jingwei.Demo;
using Jingwei.Demo.Factory;
using Jingwei.Demo.Factory.Simulation;

var url = new Option<string>("--url") { Description = "HTTP address of the server", DefaultValueFactory = _ => "http://127.0.0.1:8600" };
var mqtt = new Option<string>("--mqtt") { Description = "host:port of its MQTT listener", DefaultValueFactory = _ => "127.0.0.1:1883" };
var speed = new Option<double>("--speed") { Description = "how many times faster than the clock the plant runs", DefaultValueFactory = _ => 1 };
var seed = new Option<int>("--seed") { Description = "same seed, same plant", DefaultValueFactory = _ => 1 };
var history = new Option<string>("--history") { Description = "past to fill in: 7d, 12h, 30m or 0", DefaultValueFactory = _ => "7d" };
var things = new Option<int>("--things") { Description = "number of machines, at least 8", DefaultValueFactory = _ => 40 };
var language = new Option<string>("--language") { Description = "language of names: zh or en", DefaultValueFactory = _ => "zh" };
language.AcceptOnlyFromAmong("zh", "en");
url.Validators.Add(result => Require(result, Address(result.GetValueOrDefault<string>()) is not null, "--url is an http or https address."));
speed.Validators.Add(result => Require(result, result.GetValueOrDefault<double>() is > 0 and <= 1000, "--speed is above 0, up to 1000."));
things.Validators.Add(result => Require(result, result.GetValueOrDefault<int>() >= Route.Operations.Count, "--things is 8 or more."));
history.Validators.Add(result => Require(result, Span(result.GetValueOrDefault<string>()) is not null, "--history is a number and d, h or m."));
mqtt.Validators.Add(result => Require(result, Port(result.GetValueOrDefault<string>()) is not null, "--mqtt is host:port."));

var command = new RootCommand("Plays a printed-circuit-board factory against a running server; its API token comes from JINGWEI_TOKEN.")
{
    url, mqtt, speed, seed, history, things, language,
};
command.SetAction(async (parsed, stop) =>
{
    var journal = new Journal(Console.Out, TimeProvider.System);
    var token = Environment.GetEnvironmentVariable("JINGWEI_TOKEN");
    if (string.IsNullOrEmpty(token))
    {
        await Console.Error.WriteLineAsync("JINGWEI_TOKEN holds no API token with administrator rights.");
        return 2;
    }

    var address = parsed.GetValue(mqtt)!;
    var settings = new Settings(
        Address(parsed.GetValue(url))!,
        address[..address.LastIndexOf(':')].Trim('[', ']'),
        Port(address)!.Value,
        token,
        parsed.GetValue(speed),
        parsed.GetValue(seed),
        Span(parsed.GetValue(history))!.Value,
        parsed.GetValue(things),
        parsed.GetValue(language) == "en");
    return await Leash.PlayAsync(new Demonstration(settings, TimeProvider.System, journal).RunAsync, TimeProvider.System, journal, stop);
});
return await command.Parse(args).InvokeAsync();

static void Require(OptionResult result, bool holds, string complaint)
{
    if (!holds)
    {
        result.AddError(complaint);
    }
}

static Uri? Address(string? text) =>
    Uri.TryCreate(text?.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? address : null;

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
