using System.CommandLine;
using System.CommandLine.Parsing;
using Jingwei.Demo;
using Jingwei.Demo.PcbChain;

var url = new Option<string>("--url") { Description = "HTTP address of the server", DefaultValueFactory = _ => "http://127.0.0.1:8600" };
var mqtt = new Option<string>("--mqtt") { Description = "not used: presses write line protocol" };
var speed = new Option<double>("--speed") { Description = "how many times faster than the clock the chain works", DefaultValueFactory = _ => 1 };
var seed = new Option<int>("--seed") { Description = "same seed, same chain", DefaultValueFactory = _ => 1 };
url.Validators.Add(result => Require(result, Address(result.GetValueOrDefault<string>()) is not null, "--url is an http or https address."));
speed.Validators.Add(result => Require(result, result.GetValueOrDefault<double>() is > 0 and <= 1000, "--speed is above 0, up to 1000."));

var command = new RootCommand("Plays a supply chain of printed-circuit boards against a running server; its API token comes from JINGWEI_TOKEN.") { url, mqtt, speed, seed };
command.SetAction(async (parsed, stop) =>
{
    var token = Environment.GetEnvironmentVariable("JINGWEI_TOKEN");
    if (string.IsNullOrEmpty(token))
    {
        await Console.Error.WriteLineAsync("JINGWEI_TOKEN holds no API token with administrator rights.");
        return 2;
    }

    var journal = new Journal(Console.Out, TimeProvider.System);
    var settings = new Settings(Address(parsed.GetValue(url))!, token, parsed.GetValue(speed), parsed.GetValue(seed));
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
    Uri.TryCreate(text?.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
