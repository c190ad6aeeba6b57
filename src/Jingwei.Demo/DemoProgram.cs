using System.CommandLine;

namespace Jingwei.Demo;

/// <summary>What a program that plays an industry was told.</summary>
/// <param name="Url">HTTP address of the server, with a slash at the end.</param>
/// <param name="Mqtt">host:port of its MQTT listener.</param>
/// <param name="Token">API token with administrator rights.</param>
/// <param name="Speed">How many times faster than the clock it plays.</param>
/// <param name="Seed">Same seed, same play.</param>
public sealed record DemoStart(Uri Url, string Mqtt, string Token, double Speed, int Seed);

/// <summary>The command line that all these programs have; one may add to it.</summary>
public sealed class DemoProgram
{
    private const string TokenVariable = "JINGWEI_TOKEN";
    private const int MostSpeed = 1000;

    private readonly Option<string> url = new("--url") { Description = "HTTP address of the server", DefaultValueFactory = _ => "http://127.0.0.1:8600" };
    private readonly Option<double> speed = new("--speed") { Description = "how many times faster than the clock it plays", DefaultValueFactory = _ => 1 };
    private readonly Option<int> seed = new("--seed") { Description = "same seed, same play", DefaultValueFactory = _ => 1 };

    /// <param name="plays">What it plays, as "a factory".</param>
    public DemoProgram(string plays)
    {
        Require(url, value => Address(value) is not null, "--url is an http or https address.");
        Require(speed, value => value is > 0 and <= MostSpeed, $"--speed is above 0, up to {MostSpeed}.");
        Command = new($"Plays {plays} against a running server; its API token comes from {TokenVariable}.") { url, Mqtt, speed, seed };
    }

    /// <summary>Of the server; who plays no devices does not use it.</summary>
    public Option<string> Mqtt { get; } = new("--mqtt") { Description = "host:port of its MQTT listener", DefaultValueFactory = _ => "127.0.0.1:1883" };

    public RootCommand Command { get; }

    /// <summary>Refuses values of an option.</summary>
    public static void Require<T>(Option<T> option, Func<T?, bool> holds, string complaint) => option.Validators.Add(result =>
    {
        if (!holds(result.GetValueOrDefault<T>()))
        {
            result.AddError(complaint);
        }
    });

    /// <summary>Plays what it was told to; the exit code.</summary>
    /// <param name="play">Makes the play, which is not begun before it is run.</param>
    public Task<int> RunAsync(string[] args, Func<ParseResult, DemoStart, Journal, Func<CancellationToken, Task>> play)
    {
        Command.SetAction(async (parsed, stop) =>
        {
            var token = Environment.GetEnvironmentVariable(TokenVariable);
            if (string.IsNullOrEmpty(token))
            {
                await Console.Error.WriteLineAsync($"{TokenVariable} holds no API token with administrator rights.");
                return 2;
            }

            var journal = new Journal(Console.Out, TimeProvider.System);
            var start = new DemoStart(Address(parsed.GetValue(url))!, parsed.GetValue(Mqtt)!, token, parsed.GetValue(speed), parsed.GetValue(seed));
            return await Leash.PlayAsync(play(parsed, start, journal), TimeProvider.System, journal, stop);
        });
        return Command.Parse(args).InvokeAsync();
    }

    private static Uri? Address(string? text) =>
        Uri.TryCreate(text?.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
}
